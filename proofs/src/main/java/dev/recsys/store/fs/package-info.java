/** The way to the parts of the filesystem store that its package keeps to itself. */
@NullMarked
package dev.recsys.store.fs;

import org.jspecify.annotations.NullMarked;
