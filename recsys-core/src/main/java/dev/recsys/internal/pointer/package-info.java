/** The pointer: its value, its bytes, and where it and what it names lie in a store. */
@NullMarked
package dev.recsys.internal.pointer;

import org.jspecify.annotations.NullMarked;
