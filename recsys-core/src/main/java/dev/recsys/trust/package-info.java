/** Who may publish: keys that sign pointers, and lists of the keys that are trusted. */
@NullMarked
package dev.recsys.trust;

import org.jspecify.annotations.NullMarked;
