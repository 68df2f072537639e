package org.incidenttimeline.core.log;

/**
 * A change to the unique names a stream holds, committed together with the events that cause it. Scopes keep names of
 * different kinds apart: the same key may be held in two scopes by two streams.
 */
public sealed interface KeyChange {

    /** Kind of name, at most 64 characters. */
    String scope();

    /**
     * The stream becomes the holder of the key. Taking a key that the stream already holds changes nothing; one held by
     * another stream refuses the whole append with {@link KeyTaken}.
     */
    record Take(String scope, String key) implements KeyChange {
        public Take {
            Texts.require("scope", scope, 64);
            Texts.require("key", key, 512);
        }
    }

    /** The stream gives the key back. Releasing a key that it does not hold changes nothing. */
    record Release(String scope, String key) implements KeyChange {
        public Release {
            Texts.require("scope", scope, 64);
            Texts.require("key", key, 512);
        }
    }

    /** The stream gives back every key it holds in the scope, for events that do not repeat the key. */
    record ReleaseAll(String scope) implements KeyChange {
        public ReleaseAll {
            Texts.require("scope", scope, 64);
        }
    }
}
