/** What is published: artifacts, the manifest that names them, and the releases of a scope. */
@NullMarked
package dev.recsys.artifact;

import org.jspecify.annotations.NullMarked;
