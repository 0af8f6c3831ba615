package dev.recsys.pipelines.items;

import java.util.List;
import java.util.regex.Pattern;

/** Cuts one text into several categories or tags. */
final class LabelSplit {
    private final String separator;

    LabelSplit(String separator) {
        this.separator = separator;
    }

    List<String> of(ItemField field, String text) {
        boolean several = field == ItemField.CATEGORIES || field == ItemField.TAGS;
        return several ? List.of(text.split(Pattern.quote(separator), -1)) : List.of(text);
    }
}
