package dev.recsys.cli;

import dev.recsys.log.PseudonymKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who a person is, and under which names logs have the person. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class NamesOptions {
    private static final String EXPECTED = "Expected on each line an id, a blank and a secret in base64, as"
            + " `echo \"k1 $(base64 -w0 pseudonyms.key)\"` writes it.";
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "The keys of pseudonyms, all that ever were: on each line an id, a blank, and the secret in"
                    + " base64. Without it only the id itself is looked for.")
    private @Nullable Path keys;

    @Parameters(
            paramLabel = "USER",
            description = "The person's id; - reads it from standard input, where nobody else sees it.")
    private String user;

    String tenant() {
        return tenant;
    }

    /** Returns the id, and the names under all keys. */
    List<String> names() throws IOException {
        String id = user.equals("-") ? line() : user;
        List<String> names = new ArrayList<>(List.of(id));
        if (keys != null) {
            names.addAll(read(keys).all(tenant, id));
        }
        return names;
    }

    private static String line() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new IllegalArgumentException("standard input has no line with the person's id");
        }
        return line;
    }

    private static PseudonymKeys read(Path file) throws IOException {
        Optional<PseudonymKeys> known = Optional.empty();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split("\\s+", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("line " + number + " of " + file + " is no key. " + EXPECTED);
            }
            byte[] secret = secret(parts[1], file, number);
            known = Optional.of(known.map(before -> before.rotatedTo(parts[0], secret))
                    .orElseGet(() -> PseudonymKeys.of(parts[0], secret)));
        }
        return known.orElseThrow(() -> new IllegalArgumentException(file + " holds no key. " + EXPECTED));
    }

    private static List<String> lines(Path file) throws IOException {
        requirePrivate(file);
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no text; is it the secret itself? " + EXPECTED, e);
        }
    }

    /** As with keys that sign: one that others can read is everybody's on that machine. */
    private static void requirePrivate(Path file) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IllegalArgumentException("others than its owner may read or write the keys in " + file
                    + "; run `chmod 600` on it, or mount it with the mode 0440");
        }
    }

    private static byte[] secret(String base64, Path file, int number) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) { // its message would show a part of the secret
            throw new IllegalArgumentException(
                    "the secret on line " + number + " of " + file + " is no base64. " + EXPECTED);
        }
    }
}
