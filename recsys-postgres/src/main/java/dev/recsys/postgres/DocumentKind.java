package dev.recsys.postgres;

import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.controls.RankingConfigDocument;
import dev.recsys.controls.RuleSetDocument;
import java.util.function.Function;

/**
 * A kind of documents.
 *
 * @param name as in the tables
 * @param title as in messages
 * @param read reads a document
 * @param write gives the canonical text
 * @param etag gives the version
 * @param forAll what holds where nothing is said
 */
record DocumentKind<T>(
        String name,
        String title,
        Function<String, T> read,
        Function<T, String> write,
        Function<T, String> etag,
        Versioned<T> forAll) {
    static final DocumentKind<RankingConfig> CONFIG = of(
            "config",
            "the configuration",
            RankingConfigDocument::read,
            RankingConfigDocument::write,
            RankingConfigDocument::etag,
            RankingConfig.DEFAULT);
    static final DocumentKind<RuleSet> RULES = of(
            "rules",
            "the rule set",
            RuleSetDocument::read,
            RuleSetDocument::write,
            RuleSetDocument::etag,
            RuleSet.NONE);

    private static <T> DocumentKind<T> of(
            String name,
            String title,
            Function<String, T> read,
            Function<T, String> write,
            Function<T, String> etag,
            T forAll) {
        return new DocumentKind<>(name, title, read, write, etag, new Versioned<>(etag.apply(forAll), forAll));
    }
}
