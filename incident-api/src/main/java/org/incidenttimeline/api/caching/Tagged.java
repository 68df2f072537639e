package org.incidenttimeline.api.caching;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that answers carry an entity tag. What is read so is answered with 304 to whoever names the tag in
 * {@code If-None-Match}.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Tagged {}
