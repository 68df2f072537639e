package org.incidenttimeline.api.duty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.projections.duties.TemplateFile;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DutyConfiguration {
    /**
     * The templates by which deadlines are computed, read once.
     *
     * @param file what the installation adds to the built-in templates, or sets in their place; empty where it does neither
     * @param candidates the regimes whose clocks are shown before anybody has classified
     */
    @Bean
    static DutyTemplates dutyTemplates(
            @Value("${incident.duties.templates:}") String file,
            @Value("${incident.duties.candidates:}") List<String> candidates) {
        var builtIn = TemplateFile.builtIn();
        var regimes = file.isEmpty() ? builtIn : TemplateFile.extended(builtIn, read(file));
        try {
            return new DutyTemplates(
                    regimes, candidates.stream().map(RegimeName::new).toList());
        } catch (InvalidValue e) {
            throw new IllegalStateException("The setting incident.duties.candidates " + e.getMessage() + ".", e);
        }
    }

    private static List<Regime> read(String file) {
        try {
            return TemplateFile.read(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new IllegalStateException("The file " + file + " of incident.duties.templates cannot be read.", e);
        } catch (InvalidValue e) {
            throw new IllegalStateException(
                    "The file " + file + " of incident.duties.templates " + e.getMessage() + ".", e);
        }
    }
}
