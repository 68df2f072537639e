package org.incidenttimeline.api;

import java.util.Arrays;
import org.incidenttimeline.api.evidence.VerifyCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program that serves Incident Timeline, or with {@code verify} checks an archive or a pack of its record. */
@SpringBootApplication
public class IncidentApplication {
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
            System.exit(VerifyCommand.run(Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(IncidentApplication.class, args);
    }
}
