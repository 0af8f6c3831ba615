/** Shared by core's packages; no promise to anybody else. */
@NullMarked
package dev.recsys.internal;

import org.jspecify.annotations.NullMarked;
