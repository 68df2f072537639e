package org.incidenttimeline.core.axon;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Makes the serializer for what Axon itself stores: tracking tokens and their configuration. */
public final class TokenSerializer {

    private TokenSerializer() {}

    /**
     * A serializer that reads types of Axon and no others. Axon 4.13.0 cannot read back its own {@code ReplayToken}, which
     * names the class of the token within it, unless a validator allows that class.
     */
    public static Serializer create() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(
                        mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("org.axonframework.")
                                .build()))
                .build();
    }
}
