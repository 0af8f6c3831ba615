package dev.recsys.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PageTest {
    private static final Axis RATE = new Axis("click rate", Unit.PERCENT);
    private static final String HOSTILE = "<script>alert('a&b')</script>\" onload=\"x\u0001\uD800\u202E";

    private static Page page(String name) {
        Page page = Page.of("Report " + name, name)
                .tile(name, "4.61 %", name)
                .note(Note.warning(name))
                .note(Note.plain(name));
        page.section(name, name)
                .add(DotPlot.of(name, RATE)
                        .row(name, new Figure(.05, .04, .06, name))
                        .row("b", Figure.of(.02))
                        .reference(.03))
                .add(LinePlot.of(name, name, RATE, List.of(name, "2", "3", "4"))
                        .line(
                                name,
                                Map.of(name, new Figure(.05, .04, .06, name), "3", Figure.of(.03), "4", Figure.of(.04)))
                        .line("other", Map.of("2", Figure.of(.01))))
                .add(BarPlot.of(name, name, RATE, List.of(name, "x"))
                        .bars(name, List.of(new Figure(.1, .05, .2, name), Figure.of(0)))
                        .bars("other", List.of(Figure.of(.1), Figure.of(-.2))))
                .add(DataTable.of(name, "n").row(name, name));
        return page;
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aPageIsWellFormedWhateverItsTextsHold() throws Exception {
        Document document = parse(page(HOSTILE).html());

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        String shown = HOSTILE.replace('\u0001', '\uFFFD').replace('\uD800', '\uFFFD');
        assertThat(document.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo(shown);
        NodeList all = document.getElementsByTagName("*");
        assertThat(IntStream.range(0, all.getLength())
                        .filter(i -> all.item(i).getAttributes().getNamedItem("onload") != null))
                .isEmpty();
    }

    @Test
    void aPageLoadsNothingAndSaysSoToTheBrowser() {
        String html = page("plain").html();

        assertThat(html)
                .contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;;")
                .doesNotContain("://", "url(", "@import", "<script", " src=", " href=", "javascript:");
    }

    @Test
    void theStyleHasNothingThatMarkupEscapes() {
        assertThat(Style.CSS).doesNotContainPattern("[<>&\"']");
    }

    @Test
    void theSameCallsGiveTheSamePage() {
        assertThat(page("same").html()).isEqualTo(page("same").html());
    }

    @Test
    void everyPlotHasItsFiguresAsATableAndAtItsMarks() throws Exception {
        Document document = parse(page("named").html());

        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("details").getLength()).isEqualTo(3);
        assertThat(page("named").html())
                .contains("<title>named: 5.00 % (4.00 % to 6.00 %), named</title>", "<title>b: 2.00 %</title>");
    }

    @Test
    void aLineHasAGapWhereThereIsNoFigure() throws Exception {
        Document document = parse(page("gap").html());

        NodeList lines = document.getElementsByTagName("polyline");
        assertThat(IntStream.range(0, lines.getLength())
                        .map(i -> lines.item(i)
                                .getAttributes()
                                .getNamedItem("points")
                                .getNodeValue()
                                .split(" ")
                                .length))
                .containsExactly(1, 2, 1);
    }

    @Test
    void plotsWithoutFiguresArePlotsAllTheSame() throws Exception {
        Page page = Page.of("Empty", "");
        page.section("None", "")
                .add(DotPlot.of("dots", RATE))
                .add(LinePlot.of("lines", "day", RATE, List.of()))
                .add(BarPlot.of("bars", "x", RATE, List.of()));

        assertThat(parse(page.html()).getElementsByTagName("svg").getLength()).isEqualTo(3);
    }

    @Test
    void ticksAreRoundNumbersThatHoldAllFigures() {
        Scale scale = Scale.of(0, .0461, 0, 100);

        assertThat(scale.ticks().stream().map(tick -> Unit.PERCENT.tick(tick, scale.step())))
                .containsExactly("0 %", "2 %", "4 %", "6 %");
        assertThat(scale.at(.03)).isEqualTo(50);
        assertThat(Scale.of(0, 0, 0, 100).ticks()).startsWith(0.0).endsWith(1.0);
        Scale flat = Scale.of(7, 7, 0, 100);
        assertThat(flat.at(7)).isBetween(20.0, 80.0);
    }

    @Test
    void ticksThatWouldTouchHaveFewerTextsAndFixedNamesAreWhole() {
        Page page = Page.of("Ticks", "");
        page.section("Dots", "")
                .add(DotPlot.of("dots", RATE)
                        .row("joined by user and item", new Figure(.0076, .007, .008, ""))
                        .reference(.009));

        String html = page.html();

        assertThat(html).contains(">joined by user and item</text>", ">0.70 %</text>", ">0.80 %</text>");
        assertThat(html).doesNotContain(">0.75 %</text>");
    }

    @Test
    void figuresArePrintedWithTheirUnits() {
        assertThat(Unit.PERCENT.format(.0461)).isEqualTo("4.61 %");
        assertThat(Unit.POINTS.format(.0012)).isEqualTo("+0.12 pp");
        assertThat(Unit.POINTS.format(-.00001)).isEqualTo("0.00 pp");
        assertThat(Unit.COUNT.format(1234567)).isEqualTo("1,234,567");
        assertThat(Unit.MILLIS.format(1.25)).isEqualTo("1.3 ms");
    }

    @Test
    void whatHasNoPlaceOnAnAxisIsRefused() {
        assertThatThrownBy(() -> Figure.of(Double.NaN)).hasMessageContaining("expected finite numbers");
        assertThatThrownBy(() -> DataTable.of("a", "b").row("one")).hasMessageContaining("1 cells; expected 2");
        assertThatThrownBy(() -> BarPlot.of("t", "x", RATE, List.of("a")).bars("n", List.of()))
                .hasMessageContaining("0 bars; expected one for each of 1 groups");
    }
}
