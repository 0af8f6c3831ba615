package dev.recsys.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The line of the contract in {@link dev.recsys.store.BlobStore} that the tests of a type keep. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ContractLine {
    /** Returns the line's number. */
    int value();
}
