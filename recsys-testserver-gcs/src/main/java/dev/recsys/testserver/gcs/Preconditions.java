package dev.recsys.testserver.gcs;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request demands of the object as it is. Generation 0 stands for "there is none".
 *
 * @param generation the generation that is addressed
 * @param generationMatch what the generation must be
 * @param generationNotMatch what the generation must not be
 * @param metagenerationMatch what the metageneration must be
 * @param metagenerationNotMatch what the metageneration must not be
 */
record Preconditions(
        OptionalLong generation,
        OptionalLong generationMatch,
        OptionalLong generationNotMatch,
        OptionalLong metagenerationMatch,
        OptionalLong metagenerationNotMatch) {

    static Preconditions of(Parameters parameters) throws Refusal {
        return new Preconditions(
                parameters.number("generation"),
                parameters.number("ifGenerationMatch"),
                parameters.number("ifGenerationNotMatch"),
                parameters.number("ifMetagenerationMatch"),
                parameters.number("ifMetagenerationNotMatch"));
    }

    /** Returns whether an object is of the generation that is addressed; without one every object is. */
    boolean isOfGeneration(StoredObject object) {
        return generation.isEmpty() || generation.getAsLong() == object.generation();
    }

    void requireForRead(StoredObject found) throws Refusal {
        requireMatches(found.generation(), found.metageneration());
        if (isEqual(generationNotMatch, found.generation())
                || isEqual(metagenerationNotMatch, found.metageneration())) {
            throw Refusal.notModified();
        }
    }

    void requireForWrite(Optional<StoredObject> before) throws Refusal {
        long generationBefore = before.map(StoredObject::generation).orElse(0L);
        long metagenerationBefore = before.map(StoredObject::metageneration).orElse(0L);
        requireMatches(generationBefore, metagenerationBefore);
        if (isEqual(generationNotMatch, generationBefore) || isEqual(metagenerationNotMatch, metagenerationBefore)) {
            throw Refusal.conditionNotMet();
        }
    }

    private void requireMatches(long foundGeneration, long foundMetageneration) throws Refusal {
        if (differs(generationMatch, foundGeneration) || differs(metagenerationMatch, foundMetageneration)) {
            throw Refusal.conditionNotMet();
        }
    }

    private static boolean differs(OptionalLong demanded, long found) {
        return demanded.isPresent() && demanded.getAsLong() != found;
    }

    private static boolean isEqual(OptionalLong forbidden, long found) {
        return forbidden.isPresent() && forbidden.getAsLong() == found;
    }
}
