package org.incidenttimeline.api.secret;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Looks for well-known credentials in what somebody tells. */
public final class SecretScan {
    private SecretScan() {}

    /** What is in the text, for a sentence, for instance "a GitHub token"; never the value. Empty where nothing is found. */
    public static Optional<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(SecretKind.values())
                .filter(kind -> kind.isIn(text, lower))
                .map(SecretKind::told)
                .findFirst();
    }
}
