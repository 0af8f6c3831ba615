/** What a host may supply to the recommender beside artifacts: one small interface each. */
@NullMarked
package dev.recsys.control;

import org.jspecify.annotations.NullMarked;
