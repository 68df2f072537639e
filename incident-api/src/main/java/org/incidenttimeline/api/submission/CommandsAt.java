package org.incidenttimeline.api.submission;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.incidenttimeline.api.caching.Tagged;
import org.springframework.core.annotation.AliasFor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller of commands below a path. It reads and answers JSON alone, and that is settled before a command runs: a
 * caller who could not read the answer must not learn of it afterwards.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
@Tagged
@RequestMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
public @interface CommandsAt {
    @AliasFor(annotation = RequestMapping.class, attribute = "path")
    String value();
}
