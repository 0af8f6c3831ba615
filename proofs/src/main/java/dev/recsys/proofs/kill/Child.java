package dev.recsys.proofs.kill;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process that the parent started: what it is to do, and what is known of it. */
final class Child {
    private final String name;
    private final Process process;
    private final Path output;
    private final JournalTail journal;
    private final Optional<Step> haltsAt;
    private String begun = "";
    private int done;
    private int life;
    private Optional<Step> halted = Optional.empty();

    private Child(String name, Process process, Path output, JournalTail journal, Optional<Step> haltsAt) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.journal = journal;
        this.haltsAt = haltsAt;
    }

    /**
     * How processes are started.
     *
     * @param scene where they work
     * @param options of their JVM
     */
    record Setting(Scene scene, List<String> options) {}

    static Child publisher(Setting setting, String name, long seed, Optional<Step> haltsAt) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(name, Long.toString(seed)));
        haltsAt.ifPresent(step -> arguments.add(step.toString()));
        return start(setting, PublisherProcess.class, arguments, name, haltsAt);
    }

    static Child reader(Setting setting, String name) throws IOException {
        return start(setting, ReaderProcess.class, List.of(name), name, Optional.empty());
    }

    private static Child start(
            Setting setting, Class<?> main, List<String> arguments, String name, Optional<Step> haltsAt)
            throws IOException {
        Scene scene = setting.scene();
        Path output = scene.root().resolve("journals").resolve(name + ".out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-Djava.io.tmpdir=" + scene.temporary()));
        command.addAll(setting.options());
        command.addAll(
                List.of(main.getName(), scene.root().toString(), scene.store().toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
        return new Child(name, process, output, new JournalTail(scene.journal(name)), haltsAt);
    }

    String name() {
        return name;
    }

    Optional<Step> haltsAt() {
        return haltsAt;
    }

    List<List<String>> newLines() {
        return journal.next();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void begun(String operation) {
        begun = operation;
    }

    /** An operation told something; an earlier one may, while another is under way. */
    void told(String operation) {
        if (operation.equals(begun)) {
            begun = "";
            done++;
        }
    }

    void halted(Step step) {
        halted = Optional.of(step);
    }

    Optional<Step> halted() {
        return halted;
    }

    /** Sets how many operations it may bring to an end before it may die. */
    void liveFor(int operations) {
        life = operations;
    }

    /** Returns whether it has done what it may; its progress decides that, for a machine may be slow. */
    boolean hasLived() {
        return done >= life;
    }

    /** Returns whether it has done something since its start, and is doing something. */
    boolean inTheMidst() {
        return done > 0 && !begun.isEmpty();
    }

    /** Sends SIGKILL, and returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Returns why the process ended although nobody wanted that. */
    String obituary() throws IOException {
        String said = Files.readString(output);
        return name + " ended by itself with " + process.exitValue() + ": "
                + said.substring(0, Math.min(4_000, said.length()));
    }
}
