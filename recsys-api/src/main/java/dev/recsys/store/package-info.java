/** The SPI of an object store: immutable blobs and one kind of mutable register. */
@NullMarked
package dev.recsys.store;

import org.jspecify.annotations.NullMarked;
