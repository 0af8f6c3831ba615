/** Files of a build whose events memory does not hold. */
@NullMarked
package dev.recsys.pipelines.spill;

import org.jspecify.annotations.NullMarked;
