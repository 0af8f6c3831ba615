/** What an application uses: ask for recommendations, read the answer, tell the failures apart. */
@NullMarked
package dev.recsys;

import org.jspecify.annotations.NullMarked;
