package org.incidenttimeline.projections.export;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.incidenttimeline.projections.export.Block.Bullets;
import org.incidenttimeline.projections.export.Block.Heading;
import org.incidenttimeline.projections.export.Block.Paragraph;
import org.incidenttimeline.projections.export.Block.Quote;
import org.incidenttimeline.projections.export.Block.Table;

/** A document as data: what it says, in which order, and nothing of how it looks. */
public record Document(List<Block> blocks) {
    public Document {
        blocks = List.copyOf(blocks);
    }

    /** The numbers of the entries that stand in this document, so that a citation of them has somewhere to lead. */
    Set<Long> entries() {
        return blocks.stream()
                .flatMapToLong(block -> switch (block) {
                    case Table table -> table.rows().stream().flatMapToLong(row -> row.entry().stream());
                    case Bullets bullets -> bullets.items().stream().flatMapToLong(item -> item.entry().stream());
                    case Heading _, Paragraph _, Quote _ -> LongStream.empty();
                })
                .boxed()
                .collect(Collectors.toSet());
    }
}
