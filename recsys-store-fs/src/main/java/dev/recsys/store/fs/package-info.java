/** The blob store in a folder of a file system, shared by any number of processes. */
@NullMarked
package dev.recsys.store.fs;

import org.jspecify.annotations.NullMarked;
