package dev.recsys.cli.page;

/**
 * How a page looks. Without any of the characters that markup escapes, for HTML does not unescape them in a style.
 */
final class Style {
    /** Colours of lines and bars are those of Okabe and Ito, "Color universal design", 2002, made lighter where it is dark. */
    static final String CSS = """
            :root { --back: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #5b6675; --rule: #dfe3e8; --warn: #fff4dc;
              --warn-ink: #6b4600; --c0: #0067a8; --c1: #d0520a; --c2: #00835f; --c3: #a8467f; --c4: #a97900; --c5: #3b8fc4; }
            @media (prefers-color-scheme: dark) { :root { --back: #12161c; --card: #1b2129; --ink: #e8ecf1; --soft: #9aa6b4;
              --rule: #323b46; --warn: #3a2f14; --warn-ink: #ffd98a; --c0: #5cb3ee; --c1: #ff9057; --c2: #3fc79d; --c3: #e08cbc;
              --c4: #e6b84a; --c5: #9cd2f5; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            main { max-width: 1160px; margin: 0 auto; padding: 28px 16px 60px; }
            h1 { font-size: 27px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -.01em; }
            h2 { font-size: 19px; margin: 40px 0 2px; }
            header p, .lead { color: var(--soft); margin: 0 0 14px; max-width: 76ch; overflow-wrap: anywhere; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; margin: 20px 0 0; }
            .tile, figure, .table { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
            .tile { padding: 12px 14px; overflow-wrap: anywhere; }
            .tile-label { color: var(--soft); font-size: 13px; }
            .tile-value { font-size: 25px; line-height: 1.3; font-weight: 650; font-variant-numeric: tabular-nums; }
            .tile-note { color: var(--soft); font-size: 12.5px; }
            .note { background: var(--card); border-left: 4px solid var(--c0); border-radius: 6px; margin: 10px 0;
              padding: 9px 14px; overflow-wrap: anywhere; }
            .warning { background: var(--warn); color: var(--warn-ink); border-color: var(--c4); }
            .blocks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 430px), 1fr)); gap: 14px;
              align-items: start; }
            .blocks .note, .blocks .table { grid-column: 1 / -1; margin: 0; }
            figure { margin: 0; padding: 14px 16px 8px; min-width: 0; }
            figcaption { font-weight: 600; margin-bottom: 6px; overflow-wrap: anywhere; }
            svg { display: block; width: 100%; height: auto; font: 13px system-ui, sans-serif; }
            svg text { fill: var(--ink); unicode-bidi: isolate; }
            svg .tick, svg .label { fill: var(--soft); }
            svg .end { text-anchor: end; }
            svg .middle { text-anchor: middle; }
            svg .value { font-variant-numeric: tabular-nums; font-weight: 600; }
            .grid { stroke: var(--rule); }
            .reference { stroke: var(--soft); stroke-dasharray: 4 3; }
            .c0 { --series: var(--c0); } .c1 { --series: var(--c1); } .c2 { --series: var(--c2); }
            .c3 { --series: var(--c3); } .c4 { --series: var(--c4); } .c5 { --series: var(--c5); }
            .mark { fill: var(--series); }
            .line { fill: none; stroke: var(--series); stroke-width: 2; }
            .band { fill: var(--series); opacity: .16; }
            .whisker { stroke: var(--series); stroke-width: 2.5; opacity: .55; stroke-linecap: round; }
            .over { stroke: var(--ink); stroke-width: 1.5; }
            .table { overflow-x: auto; padding: 4px 0; }
            table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
            th, td { padding: 5px 14px; text-align: right; vertical-align: top; border-top: 1px solid var(--rule);
              unicode-bidi: isolate; }
            thead th { border-top: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
            th:first-child { text-align: left; }
            tbody th { font-weight: 500; overflow-wrap: anywhere; min-width: 8em; }
            td { white-space: nowrap; }
            details { margin: 4px 0 6px; } summary { color: var(--soft); font-size: 13px; cursor: pointer; }
            details .table { border: 0; margin: 0 -16px; } details table { font-size: 12.5px; }
            @media (max-width: 520px) { main { padding: 18px 10px 40px; } h1 { font-size: 22px; }
              .tiles { grid-template-columns: 1fr 1fr; gap: 8px; } .tile-value { font-size: 20px; }
              figure { padding: 12px 10px 6px; } th, td { padding: 5px 9px; } }
            @media print { body { background: none; } figure, .tile { break-inside: avoid; } }
            """;

    private Style() {}
}
