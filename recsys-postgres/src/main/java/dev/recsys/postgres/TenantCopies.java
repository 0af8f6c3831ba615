package dev.recsys.postgres;

import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import dev.recsys.control.Versioned;
import dev.recsys.controls.ItemAttributesDocument;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was configured for each tenant, in a folder: a file for each, replaced as a whole. One line for the tenant, one for
 * each document with its kind, surface and version, and one for each item. What has another version than it says is damaged,
 * and taken for nothing.
 */
final class TenantCopies {
    private static final Logger log = LoggerFactory.getLogger(PostgresControls.class);
    private static final String FORMAT = "recsys-tenant-1";
    private static final String SEPARATOR = "\t";

    private final Path folder;

    TenantCopies(Path folder) {
        this.folder = folder;
    }

    private Path file(String tenant) {
        return folder.resolve(tenant + ".copy"); // a valid name of a tenant is a valid name of a file
    }

    /** Keeps a state in place of what was kept before. */
    void keep(String tenant, TenantState state) {
        Path temporary = folder.resolve("." + tenant + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(folder);
            write(tenant, state, temporary);
            Files.move(temporary, file(tenant), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + file(tenant), e);
        }
    }

    private static void write(String tenant, TenantState state, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            line(out, FORMAT, tenant);
            line(
                    out,
                    TenantLock.word(state.tenant().status()),
                    TenantLock.word(state.tenant().serving()));
            line(out, "items", state.items().version());
            documents(out, DocumentKind.CONFIG, state.configs());
            documents(out, DocumentKind.RULES, state.rules());
            line(out, "end", Integer.toString(state.items().value().size()));
            for (ItemAttributes item : state.items().value()) {
                line(out, ItemAttributesDocument.write(item));
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static <T> void documents(BufferedWriter out, DocumentKind<T> kind, Map<String, Versioned<T>> documents)
            throws IOException {
        for (Map.Entry<String, Versioned<T>> entry : documents.entrySet()) {
            line(
                    out,
                    kind.name(),
                    entry.getKey(),
                    entry.getValue().version(),
                    kind.write().apply(entry.getValue().value()));
        }
    }

    private static void line(BufferedWriter out, String... fields) throws IOException {
        out.write(String.join(SEPARATOR, fields)); // canonical JSON has no tab in it
        out.write('\n');
    }

    /** Returns what was kept; empty if there is nothing that is whole. */
    Optional<TenantState> read(String tenant) {
        try (BufferedReader in = Files.newBufferedReader(file(tenant))) {
            return Optional.of(read(in, tenant));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.warn("{} is passed over, it is damaged: {}", file(tenant), e.toString());
            return Optional.empty();
        }
    }

    private static TenantState read(BufferedReader in, String tenant) throws IOException {
        requireLine(fields(in), FORMAT, tenant);
        String[] held = fields(in);
        Tenant known = TenantLock.tenant(held[0], held[1]);
        String itemsVersion = fields(in)[1];
        Map<String, Versioned<RankingConfig>> configs = new HashMap<>();
        Map<String, Versioned<RuleSet>> rules = new HashMap<>();
        String[] line = fields(in);
        while (!line[0].equals("end")) {
            if (line[0].equals(DocumentKind.CONFIG.name())) {
                configs.put(line[1], document(DocumentKind.CONFIG, line[2], line[3]));
            } else {
                rules.put(line[1], document(DocumentKind.RULES, line[2], line[3]));
            }
            line = fields(in);
        }
        List<ItemAttributes> items = new ArrayList<>();
        for (int left = Integer.parseInt(line[1]); left > 0; left--) {
            items.add(ItemAttributesDocument.read(fields(in)[0]));
        }
        requireLine(new String[] {ItemAttributesDocument.etag(items)}, itemsVersion);
        return new TenantState(known, configs, rules, new Versioned<>(itemsVersion, List.copyOf(items)));
    }

    private static <T> Versioned<T> document(DocumentKind<T> kind, String version, String json) throws IOException {
        T value = kind.read().apply(json);
        requireLine(new String[] {kind.etag().apply(value)}, version);
        return new Versioned<>(version, value);
    }

    private static String[] fields(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("it ends too early");
        }
        return line.split(SEPARATOR, -1);
    }

    private static void requireLine(String[] found, String... expected) throws IOException {
        if (!List.of(found).equals(List.of(expected))) {
            throw new IOException("expected " + String.join(" ", expected) + ", found " + String.join(" ", found));
        }
    }
}
