package org.incidenttimeline.projections.feed;

import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;

/** Where Axon keeps its tokens: beside the views, so that dropping the one also forgets the other. */
public final class Tokens {
    private Tokens() {}

    public static TokenSchema schema() {
        return TokenSchema.builder()
                .setTokenTable("views.token_entry")
                .setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .setTimestampColumn("claimed_at")
                .setOwnerColumn("owner")
                .build();
    }
}
