@NullMarked
package org.incidenttimeline.api.ledger;

import org.jspecify.annotations.NullMarked;
