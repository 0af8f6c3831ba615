/** Publisher processes on one folder that are killed at any moment, and a parent that compares words with deeds. */
@NullMarked
package dev.recsys.proofs.kill;

import org.jspecify.annotations.NullMarked;
