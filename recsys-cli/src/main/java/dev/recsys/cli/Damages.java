package dev.recsys.cli;

import dev.recsys.publish.VerifyReport.Damage;
import java.util.List;

/** Damaged objects, for people. */
final class Damages {
    private Damages() {}

    static String text(List<Damage> damages) {
        StringBuilder text = new StringBuilder();
        for (Damage damage : damages) {
            text.append(String.format("%s%n", damage.object()));
            if (!damage.releases().isEmpty()) {
                text.append(String.format("  needed by release %s%n", damage.releases()));
            }
            text.append(String.format("  %s%n", damage.problem()));
        }
        return text.toString();
    }
}
