package dev.recsys.table;

import java.io.IOException;
import java.nio.file.Path;

class MappedDamagedTableTest extends DamagedTableTest {
    @Override
    Table open(Path file) throws IOException {
        return Table.map(file);
    }
}
