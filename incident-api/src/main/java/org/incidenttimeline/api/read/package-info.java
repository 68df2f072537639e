/**
 * What can be asked: of one incident, and across incidents. Controllers here fetch a view, wait where the caller wants it
 * fresher, and give it the shape that REST promises; they compute nothing.
 */
@NullMarked
package org.incidenttimeline.api.read;

import org.jspecify.annotations.NullMarked;
