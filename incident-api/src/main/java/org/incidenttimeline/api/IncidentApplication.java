package org.incidenttimeline.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program that serves Incident Timeline. */
@SpringBootApplication
public class IncidentApplication {
    public static void main(String[] args) {
        SpringApplication.run(IncidentApplication.class, args);
    }
}
