package dev.recsys.proofs.kill;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RefusedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.proofs.Told;
import dev.recsys.publish.ManifestPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * A process that publishes until it is killed: one random operation after the other, each in the journal before and after.
 * Arguments: the run's folder, the store's address, its own name, its seed, and the step at which it halts itself, if any.
 */
final class PublisherProcess {
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private final String name;
    private final Random random;
    private final Optional<Step> haltAt;
    private final Journal journal;
    private final Weather weather;
    private final Steps steps;
    private final Operations operations;
    private int count;

    private PublisherProcess(Scene scene, String name, long seed, Optional<Step> haltAt) throws IOException {
        this.name = name;
        this.random = new Random(seed);
        this.haltAt = haltAt;
        this.journal = Journal.at(scene.journal(name));
        this.weather = new Weather(scene.open(), new Random(seed + 1));
        this.steps = new Steps(weather, journal, haltAt);
        ManifestPublisher publisher =
                ManifestPublisher.builder(steps, name).patience(PATIENCE).build();
        this.operations = new Operations(scene, publisher, random);
    }

    public static void main(String[] args) throws IOException {
        Optional<Step> haltAt = args.length > 4 ? Optional.of(Step.parse(args[4])) : Optional.empty();
        PublisherProcess process = new PublisherProcess(
                new Scene(Path.of(args[0]), URI.create(args[1])), args[2], Long.parseLong(args[3]), haltAt);
        Parent parent = new Parent();
        while (parent.isAlive()) {
            process.operate();
        }
        System.exit(1);
    }

    private void operate() {
        boolean first = count == 0;
        Operations.Kind kind = !first && haltAt.isPresent() && random.nextInt(3) > 0
                ? Operations.Kind.valueOf(haltAt.get().kind().toUpperCase(Locale.ROOT))
                : operations.anyKind();
        int surface = 1 + random.nextInt(Scene.SURFACES);
        String operation = "op-" + name + "-" + ++count;
        journal.write(Journal.BEGUN, operation, kind, surface);
        weather.change(kind != Operations.Kind.ABORT);
        steps.begin(kind.toString(), !first);
        Told told = Told.NOTHING;
        String handle = "";
        try {
            told = operations.run(
                    kind,
                    surface,
                    operation,
                    resolved -> journal.write(Journal.TOLD, resolved.operation(), resolved.told()));
        } catch (OutcomeUnknownException e) {
            told = Told.UNKNOWN;
            handle = e.handle();
            operations.keep(operation, handle);
        } catch (ConflictException | RefusedException | NotFoundException | StoreUnavailableException e) {
            told = Told.NOT_MADE;
        } catch (DamagedException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("Fork")) {
                journal.write(Journal.TORN, message);
            }
            told = Told.NOT_MADE; // such as a rollback whose target was collected while it looked
        }
        if (told == Told.COMMITTED && !weather.disturbed()) {
            journal.write(Journal.CALLS, kind, steps.calls());
        }
        journal.write(Journal.TOLD, operation, told, handle);
    }
}
