package dev.recsys.pipelines;

import dev.recsys.pipelines.evaluate.Blend;
import java.util.List;

/**
 * What a selection came to.
 *
 * @param settings with the formulas that were chosen
 * @param blend that was chosen
 * @param choices how it came to that
 */
record Chosen(BuildSettings settings, Blend blend, List<Choice> choices) {}
