/**
 * Databases for tests, of this module and of those that build on it. A test asks for a fresh database with the log's
 * schema in it and closes it when done; it never sees another test's rows.
 */
@NullMarked
package org.incidenttimeline.core.testing;

import org.jspecify.annotations.NullMarked;
