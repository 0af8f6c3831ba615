/** Serves recommendations from published manifests, in process and from memory. */
@NullMarked
package dev.recsys.serve;

import org.jspecify.annotations.NullMarked;
