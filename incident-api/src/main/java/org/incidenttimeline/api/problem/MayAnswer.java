package org.incidenttimeline.api.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The codes of problems that a request may be answered with besides those that follow from what its handler takes. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MayAnswer {
    ProblemCode[] value();
}
