package dev.recsys.publish.probe;

/** A check found a rule broken; what it found is the message. */
final class RuleBroken extends Exception {
    private static final long serialVersionUID = 1L;

    RuleBroken(String found) {
        super(found);
    }

    static void unless(boolean kept, String found) throws RuleBroken {
        if (!kept) {
            throw new RuleBroken(found);
        }
    }
}
