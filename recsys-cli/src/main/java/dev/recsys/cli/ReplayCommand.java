package dev.recsys.cli;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.control.Exposure;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.InvalidDocumentException;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.serve.Replayer;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description =
                "Makes answers that were recorded again, and compares them bit for bit with what was shown. Exits 7 if"
                        + " one differs or something that it was made of is damaged, 2 if something is not there any more or a"
                        + " line is malformed.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ReplayCommand extends Action {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int STEPS = 100;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--exposures",
            required = true,
            paramLabel = "FILE",
            description =
                    "The records, one JSON object on a line, as recommend --record and logs write them, also gzip.")
    private Path exposures;

    @Mixin
    private ControlsOption controls;

    @Override
    Answer run() throws IOException {
        TrustList trust = store.trust();
        Optional<ControlsOption.Opened> configured = controls.open(store::requireOutside);
        try (BlobStore opened = store.open()) {
            Replayer plain = Replayer.over(opened, trust, CALL_TIMEOUT);
            ReplayTally tally =
                    replay(configured.map(known -> plain.with(known.controls())).orElse(plain));
            if (tally.lines() == 0) {
                throw new IllegalArgumentException(exposures + " holds no record; there is nothing to replay");
            }
            return new Answer(tally.exitCode(), tally.json(), tally.text());
        } finally {
            configured.ifPresent(ControlsOption.Opened::close);
        }
    }

    private ReplayTally replay(Replayer replayer) throws IOException {
        ReplayTally tally = new ReplayTally();
        ProgressListener progress = ProgressBar.on(terminal());
        long size = Files.size(exposures);
        long told = 0;
        try (ExposureLines lines = ExposureLines.of(exposures)) {
            Optional<byte[]> line = lines.next();
            while (line.isPresent()) {
                replay(replayer, line.get(), lines.number(), tally);
                long step = lines.bytesRead() * STEPS / Math.max(1, size);
                if (step > told && step < STEPS) {
                    told = step;
                    progress.progress(Phase.READ, lines.bytesRead(), size);
                }
                line = lines.next();
            }
        }
        progress.progress(Phase.READ, size, size);
        return tally;
    }

    private static void replay(Replayer replayer, byte[] line, long number, ReplayTally tally) {
        Exposure exposure;
        try {
            exposure = ExposureDocument.read(line);
        } catch (InvalidDocumentException e) {
            tally.malformed(number, e.problems().get(0).toString());
            return;
        }
        try {
            tally.replayed(number, Differences.between(exposure.answer(), replayer.replay(exposure)));
        } catch (NotFoundException | NewerFormatException e) {
            tally.impossible(number, String.valueOf(e.getMessage()), false);
        } catch (DamagedException e) {
            tally.impossible(number, String.valueOf(e.getMessage()), true);
        }
    }
}
