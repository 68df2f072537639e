/**
 * The application: the REST interface and the program that serves it. A controller reads a request, hands a command in
 * and tells what came of it; every decision is taken in the core.
 */
@NullMarked
package org.incidenttimeline.api;

import org.jspecify.annotations.NullMarked;
