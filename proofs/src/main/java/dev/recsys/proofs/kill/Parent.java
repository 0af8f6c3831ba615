package dev.recsys.proofs.kill;

/** The process that started this one: a child that outlives it, because somebody killed the parent, ends by itself. */
final class Parent {
    private final ProcessHandle parent =
            ProcessHandle.current().parent().orElseThrow(() -> new IllegalStateException("this process has no parent"));

    boolean isAlive() {
        return parent.isAlive();
    }
}
