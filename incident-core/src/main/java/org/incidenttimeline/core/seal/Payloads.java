package org.incidenttimeline.core.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.incidenttimeline.core.ledger.Hash;

/**
 * Finds words and seals in payloads, which are canonical JSON (RFC 8785): objects have their names in order, and nothing
 * has spaces. So the text can be worked on as it is, and what is not replaced stays to the byte.
 */
public final class Payloads {

    /** What stands for words that are no longer there: a valid text, title, name, reference and location. */
    public static final String REMOVED = "redacted:removed";

    private static final String WORDS = "{\"text\":\"";
    private static final String SEAL = "{\"c\":\"";
    private static final String PATH = "\",\"sealed\":\"";
    private static final String REMOVED_JSON = '"' + REMOVED + '"';
    private static final int DIGITS = 2 * Hash.LENGTH;

    private final String json;
    private final BiFunction<String, String, Hash> seal;
    private final StringBuilder out;
    private final StringBuilder path = new StringBuilder();
    private int at;

    private Payloads(String json, BiFunction<String, String, Hash> seal) {
        this.json = json;
        this.seal = seal;
        this.out = new StringBuilder(json.length() + 100);
    }

    /**
     * The payload with a seal in the place of each {@code {"text":"…"}}.
     *
     * @param seal makes the commitment to what stands at a path, a JSON string in quotes
     * @throws IllegalArgumentException if the payload is not canonical JSON
     */
    static String sealed(String payload, BiFunction<String, String, Hash> seal) {
        if (!payload.contains(WORDS)) {
            return payload;
        }
        try {
            Payloads walk = new Payloads(payload, seal);
            walk.value();
            return walk.out.toString();
        } catch (StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a payload is canonical JSON", e);
        }
    }

    /** The seals in a payload, in their order. */
    public static List<SealedPlace> sealsIn(String payload) {
        List<SealedPlace> places = new ArrayList<>();
        opened(payload, place -> {
            places.add(place);
            return Optional.empty();
        });
        return places;
    }

    /**
     * The payload with the words back in their places, and {@value #REMOVED} where they are no longer there.
     *
     * @param value gives what stood at a place, a JSON string in quotes
     */
    public static String opened(String payload, Function<SealedPlace, Optional<String>> value) {
        // Unescaped, {" begins an object: so nothing that somebody wrote can be taken for a seal.
        int seal = payload.indexOf(SEAL);
        if (seal < 0) {
            return payload;
        }
        StringBuilder out = new StringBuilder(payload.length());
        int copied = 0;
        while (seal >= 0) {
            int commitment = seal + SEAL.length();
            int path = commitment + DIGITS + PATH.length();
            int end = payload.startsWith(PATH, commitment + DIGITS) ? payload.indexOf("\"}", path) : -1;
            if (end >= 0) {
                SealedPlace place = new SealedPlace(
                        payload.substring(path, end), Hash.ofHex(payload.substring(commitment, commitment + DIGITS)));
                out.append(payload, copied, seal)
                        .append("{\"text\":")
                        .append(value.apply(place).orElse(REMOVED_JSON))
                        .append('}');
                copied = end + 2;
            }
            seal = payload.indexOf(SEAL, commitment);
        }
        return out.append(payload, copied, payload.length()).toString();
    }

    private void value() {
        switch (json.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> copyTo(endOfString(at));
            default -> copyTo(endOfWord());
        }
    }

    private void object() {
        if (json.startsWith(WORDS, at)) {
            int words = at + WORDS.length() - 1;
            int end = endOfString(words);
            if (json.charAt(end) == '}') {
                String place = path.toString();
                out.append(SEAL)
                        .append(seal.apply(place, json.substring(words, end)).hex())
                        .append(PATH)
                        .append(place)
                        .append("\"}");
                at = end + 1;
                return;
            }
        }
        copyTo(at + 1);
        while (json.charAt(at) != '}') {
            if (json.charAt(at) == ',') {
                copyTo(at + 1);
            }
            int end = endOfString(at);
            String name = json.substring(at + 1, end - 1);
            copyTo(end + 1);
            into(name);
        }
        copyTo(at + 1);
    }

    private void array() {
        copyTo(at + 1);
        for (int index = 0; json.charAt(at) != ']'; index++) {
            if (json.charAt(at) == ',') {
                copyTo(at + 1);
            }
            into(Integer.toString(index));
        }
        copyTo(at + 1);
    }

    private void into(String step) {
        if (step.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a name in a payload needs no escapes, unlike " + step);
        }
        int length = path.length();
        path.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        value();
        path.setLength(length);
    }

    private int endOfString(int begin) {
        if (json.charAt(begin) != '"') {
            throw new IllegalArgumentException("a payload is canonical JSON, and has no string at " + begin);
        }
        int end = begin + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    private int endOfWord() {
        int end = at;
        while (end < json.length() && ",]}".indexOf(json.charAt(end)) < 0) {
            end++;
        }
        if (end == at) {
            throw new IllegalArgumentException("a payload is canonical JSON, and has no value at " + at);
        }
        return end;
    }

    private void copyTo(int end) {
        out.append(json, at, end);
        at = end;
    }
}
