/**
 * What the application is put together from: the database and its migrations, the event log, Axon and its processors.
 * Every component is named here; nothing is left to what happens to be on the class path. The only package of this
 * module that may import Axon.
 */
@NullMarked
package org.incidenttimeline.api.config;

import org.jspecify.annotations.NullMarked;
