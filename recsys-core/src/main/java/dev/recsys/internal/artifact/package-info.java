/** Brings artifacts from a store into memory, for those who serve and those who publish. */
@NullMarked
package dev.recsys.internal.artifact;

import org.jspecify.annotations.NullMarked;
