package org.incidenttimeline.core.axon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.axonframework.serialization.SerializationException;
import org.incidenttimeline.core.ledger.CanonicalString;
import tools.jackson.databind.JsonNode;

/**
 * One text for one value: JSON by the JSON Canonicalization Scheme (RFC 8785), limited to what two implementations
 * cannot write differently. Numbers are integers within ±(2<sup>53</sup>−1), strings have no half of a surrogate pair
 * (I-JSON, RFC 7493, sections 2.1 and 2.2), and nesting ends at {@value #DEEPEST}.
 */
final class CanonicalJson {

    static final int DEEPEST = 64;

    private static final long LARGEST = (1L << 53) - 1;

    private final StringBuilder text = new StringBuilder(256);

    private CanonicalJson() {}

    /**
     * The canonical text of a value.
     *
     * @throws SerializationException if it has none within the limits
     */
    static String of(JsonNode node) {
        CanonicalJson json = new CanonicalJson();
        json.write(node, 0);
        return json.text.toString();
    }

    private void write(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new SerializationException("JSON nested deeper than " + DEEPEST);
        }
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, depth);
            case ARRAY -> writeArray(node, depth);
            case STRING -> writeString(node.stringValue());
            case NUMBER -> writeNumber(node);
            case BOOLEAN -> text.append(node.booleanValue());
            case NULL -> text.append("null");
            case BINARY, MISSING, POJO ->
                throw new SerializationException("no canonical JSON for a " + node.getNodeType());
        }
    }

    private void writeObject(JsonNode node, int depth) {
        // RFC 8785, section 3.2.3: names in the order of their UTF-16 code units, which is String's own.
        List<String> names = new ArrayList<>(node.propertyNames());
        Collections.sort(names);
        text.append('{');
        String separator = "";
        for (String name : names) {
            text.append(separator);
            separator = ",";
            writeString(name);
            text.append(':');
            write(node.get(name), depth + 1);
        }
        text.append('}');
    }

    private void writeArray(JsonNode node, int depth) {
        text.append('[');
        String separator = "";
        for (JsonNode element : node) {
            text.append(separator);
            separator = ",";
            write(element, depth + 1);
        }
        text.append(']');
    }

    private void writeNumber(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new SerializationException("only integers are stored, not " + node);
        }
        long value = node.longValue();
        if (value > LARGEST || value < -LARGEST) {
            throw new SerializationException("no exact number in JSON: " + value);
        }
        text.append(value);
    }

    private void writeString(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                requirePair(value, i++);
            }
        }
        CanonicalString.append(text, value);
    }

    private static void requirePair(String value, int at) {
        if (at + 1 == value.length() || !Character.isSurrogatePair(value.charAt(at), value.charAt(at + 1))) {
            throw new SerializationException("a string has half of a surrogate pair at " + at);
        }
    }
}
