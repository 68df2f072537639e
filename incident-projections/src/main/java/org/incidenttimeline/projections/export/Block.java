package org.incidenttimeline.projections.export;

import java.util.List;
import java.util.OptionalLong;
import org.incidenttimeline.projections.wording.Phrase;

/** A part of a document that stands by itself. */
public sealed interface Block {
    /** A heading, 1 the highest level and 6 the lowest. */
    record Heading(int level, Phrase text) implements Block {}

    record Paragraph(Phrase text) implements Block {}

    /** What somebody wrote, set apart from what this program says. */
    record Quote(Phrase text) implements Block {}

    record Bullets(List<Bullet> items) implements Block {
        public Bullets {
            items = List.copyOf(items);
        }
    }

    /** A point, the points under it, and the number of the entry that it tells, so that citations find it. */
    record Bullet(OptionalLong entry, Phrase text, List<Bullet> under) {
        public Bullet {
            under = List.copyOf(under);
        }

        public Bullet(Phrase text, List<Bullet> under) {
            this(OptionalLong.empty(), text, under);
        }

        public Bullet(Phrase text) {
            this(text, List.of());
        }
    }

    /** A table; every row has a cell for every column. */
    record Table(List<String> columns, List<Row> rows) implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** A row, and the number of the timeline entry that it is, so that citations find it. */
    record Row(OptionalLong entry, List<Phrase> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        public Row(Phrase... cells) {
            this(OptionalLong.empty(), List.of(cells));
        }
    }
}
