@NullMarked
package org.incidenttimeline.core.ledger;

import org.jspecify.annotations.NullMarked;
