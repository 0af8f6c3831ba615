package dev.recsys.benchmarks;

import com.netflix.hollow.core.index.HollowPrimaryKeyIndex;
import com.netflix.hollow.core.memory.MemoryMode;
import com.netflix.hollow.core.read.HollowBlobInput;
import com.netflix.hollow.core.read.engine.HollowBlobReader;
import com.netflix.hollow.core.read.engine.HollowReadStateEngine;
import com.netflix.hollow.core.read.engine.list.HollowListTypeReadState;
import com.netflix.hollow.core.read.engine.object.HollowObjectTypeReadState;
import com.netflix.hollow.core.schema.HollowListSchema;
import com.netflix.hollow.core.schema.HollowObjectSchema;
import com.netflix.hollow.core.schema.HollowObjectSchema.FieldType;
import com.netflix.hollow.core.write.HollowBlobWriter;
import com.netflix.hollow.core.write.HollowListTypeWriteState;
import com.netflix.hollow.core.write.HollowListWriteRecord;
import com.netflix.hollow.core.write.HollowObjectTypeWriteState;
import com.netflix.hollow.core.write.HollowObjectWriteRecord;
import com.netflix.hollow.core.write.HollowWriteStateEngine;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Netflix Hollow: a row names its item and a list of neighbours, a neighbour is an item and a score, and an item is its id, once.
 * Rows are found by an index of the ids. A score is a float, or as in the packed form a number of 8 bits with a scale a row;
 * Hollow keeps equal neighbours once, so that the latter saves more than 24 bits.
 */
record HollowForm(String name, boolean quantized) implements ArtifactForm {
    private static final int BEST_QUANTUM = 255;

    @Override
    public void write(Table exact, Path file) throws IOException {
        HollowWriteStateEngine engine = new HollowWriteStateEngine();
        new Writing(engine, exact, quantized).addAll();
        engine.prepareForWrite();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            new HollowBlobWriter(engine).writeSnapshot(out);
        }
    }

    @Override
    public Neighbours load(Path file) throws IOException {
        HollowReadStateEngine engine = engine(file);
        return new Read(engine, new HollowPrimaryKeyIndex(engine, "Row", "item.id"), quantized);
    }

    static HollowReadStateEngine engine(Path file) throws IOException {
        HollowReadStateEngine engine = new HollowReadStateEngine();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            new HollowBlobReader(engine, MemoryMode.ON_HEAP).readSnapshot(HollowBlobInput.serial(in));
        }
        return engine;
    }

    @Override
    public double tolerance() {
        return quantized ? 1 / 510.0 : 0;
    }

    /** The records of a table. */
    private static final class Writing {
        private final HollowWriteStateEngine engine;
        private final Table exact;
        private final boolean quantized;
        private final int[] ordinals; // [item]
        private final HollowObjectWriteRecord item;
        private final HollowObjectWriteRecord neighbour;
        private final HollowListWriteRecord list = new HollowListWriteRecord();
        private final HollowObjectWriteRecord row;

        Writing(HollowWriteStateEngine engine, Table exact, boolean quantized) {
            this.engine = engine;
            this.exact = exact;
            this.quantized = quantized;
            this.ordinals = new int[exact.itemCount()];
            HollowObjectSchema items = new HollowObjectSchema("Item", 1);
            items.addField("id", FieldType.STRING);
            HollowObjectSchema neighbours = new HollowObjectSchema("Neighbour", 2);
            neighbours.addField("item", FieldType.REFERENCE, "Item");
            neighbours.addField("score", quantized ? FieldType.INT : FieldType.FLOAT);
            HollowObjectSchema rows = new HollowObjectSchema("Row", 3);
            rows.addField("item", FieldType.REFERENCE, "Item");
            rows.addField("neighbours", FieldType.REFERENCE, "Neighbours");
            rows.addField("scale", FieldType.FLOAT);
            this.item = record(items);
            this.neighbour = record(neighbours);
            engine.addTypeState(new HollowListTypeWriteState(new HollowListSchema("Neighbours", "Neighbour")));
            this.row = record(rows);
        }

        private HollowObjectWriteRecord record(HollowObjectSchema schema) {
            engine.addTypeState(new HollowObjectTypeWriteState(schema));
            return new HollowObjectWriteRecord(schema);
        }

        void addAll() {
            for (int i = 0; i < ordinals.length; i++) {
                item.reset();
                item.setString("id", exact.itemId(i));
                ordinals[i] = engine.add("Item", item);
            }
            for (int r = 0; r < exact.rowCount(); r++) {
                addRow(r);
            }
        }

        private void addRow(int r) {
            float scale = exact.rowEnd(r) > exact.rowStart(r) ? exact.score(r, exact.rowStart(r)) / BEST_QUANTUM : 1;
            list.reset();
            for (int position = exact.rowStart(r); position < exact.rowEnd(r); position++) {
                neighbour.reset();
                neighbour.setReference("item", ordinals[exact.item(position)]);
                float score = exact.score(r, position);
                if (quantized) {
                    neighbour.setInt("score", Math.round(score / scale));
                } else {
                    neighbour.setFloat("score", score);
                }
                list.addElement(engine.add("Neighbour", neighbour));
            }
            row.reset();
            row.setReference("item", ordinals[r]);
            row.setReference("neighbours", engine.add("Neighbours", list));
            row.setFloat("scale", quantized ? scale : 1);
            engine.add("Row", row);
        }
    }

    private record Read(HollowReadStateEngine engine, HollowPrimaryKeyIndex index, boolean quantized)
            implements Neighbours {
        @Override
        public List<ScoredItem> row(String id) {
            HollowObjectTypeReadState rows = objects("Row");
            HollowObjectTypeReadState neighbours = objects("Neighbour");
            HollowObjectTypeReadState items = objects("Item");
            int row = index.getMatchingOrdinal(id);
            int list = rows.readOrdinal(row, 1);
            float scale = rows.readFloat(row, 2);
            HollowListTypeReadState lists = (HollowListTypeReadState) engine.getTypeState("Neighbours");
            List<ScoredItem> found = new ArrayList<>();
            for (int i = 0; i < lists.size(list); i++) {
                int neighbour = lists.getElementOrdinal(list, i);
                float score = quantized ? neighbours.readInt(neighbour, 1) * scale : neighbours.readFloat(neighbour, 1);
                found.add(new ScoredItem(items.readString(neighbours.readOrdinal(neighbour, 0), 0), score));
            }
            return found;
        }

        private HollowObjectTypeReadState objects(String type) {
            return (HollowObjectTypeReadState) engine.getTypeState(type);
        }
    }
}
