package org.incidenttimeline.core.log;

/** A unique name is held by another stream. Nothing was written, and nothing will be until that stream releases it. */
public final class KeyTaken extends LogFailure {

    private final String scope;
    private final String key;
    private final String holder;

    KeyTaken(String scope, String key, String holder) {
        super("key " + key + " of scope " + scope + " is held by stream " + holder, null);
        this.scope = scope;
        this.key = key;
        this.holder = holder;
    }

    public String scope() {
        return scope;
    }

    public String key() {
        return key;
    }

    /** The stream that holds the key. */
    public String holder() {
        return holder;
    }
}
