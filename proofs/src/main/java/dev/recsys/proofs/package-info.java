/** Programs that try to break the publish protocol, and the judge of what came of it. */
@NullMarked
package dev.recsys.proofs;

import org.jspecify.annotations.NullMarked;
