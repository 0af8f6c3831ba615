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
    private Optional<Step> halted = Optional.empty();

    private Child(String name, Process process, Path output, JournalTail journal, Optional<Step> haltsAt) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.journal = journal;
        this.haltsAt = haltsAt;
    }

    static Child publisher(Scene scene, String classPath, String name, long seed, Optional<Step> haltsAt)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(seed)));
        haltsAt.ifPresent(step -> arguments.add(step.toString()));
        return start(scene, classPath, PublisherProcess.class, name, arguments, haltsAt);
    }

    static Child reader(Scene scene, String classPath, String name) throws IOException {
        return start(scene, classPath, ReaderProcess.class, name, List.of(), Optional.empty());
    }

    private static Child start(
            Scene scene, String classPath, Class<?> main, String name, List<String> arguments, Optional<Step> haltsAt)
            throws IOException {
        Path output = scene.root().resolve("journals").resolve(name + ".out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx64m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-Djava.io.tmpdir=" + scene.temporary(),
                "-cp",
                classPath,
                main.getName(),
                scene.root().toString(),
                name));
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

    /** Returns how many operations it has brought to an end: its progress, from which on it may die. */
    int done() {
        return done;
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
