/**
 * Files that tell of past incidents. A file is staged as it arrives, line by line, and then carried out incident by
 * incident; each line becomes the command that the same body would be as a request of its own. What a line led to is in
 * the report, and in the log, so a file that is sent again, or carried out again after a crash, changes nothing twice.
 */
@NullMarked
package org.incidenttimeline.api.imports;

import org.jspecify.annotations.NullMarked;
