package org.incidenttimeline.core.log;

import org.jspecify.annotations.Nullable;

/** There is a receipt under the key already. Nothing was written; {@link EventLog#findReceipt} tells what was then. */
public final class ReceiptExists extends LogFailure {

    ReceiptExists(Receipt receipt, @Nullable Throwable cause) {
        super("key " + receipt.key() + " of scope " + receipt.scope() + " has a receipt", cause);
    }
}
