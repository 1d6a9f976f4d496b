package dev.hearth.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `hearth bench` prints.
final class TableTest {
    @Test
    void every_figure_is_a_line_and_the_columns_stand_under_each_other() {
        var table = Table.of(List.of(
                new Figure("append", "10 events/s", "raw 20 rows/s: 50 %", "≥ 60 %", false),
                new Figure("append in batches", "30 events/s", "", "≥ 60 %", true),
                Figure.plain("memory", "1 MB", "")));

        assertThat(table.lines())
                .containsExactly(
                        "| what              | Hearth      | beside              | goal   | met |",
                        "| ----------------- | ----------- | ------------------- | ------ | --- |",
                        "| append            | 10 events/s | raw 20 rows/s: 50 % | ≥ 60 % | no  |",
                        "| append in batches | 30 events/s |                     | ≥ 60 % | yes |",
                        "| memory            | 1 MB        |                     |        |     |");
    }

    @Test
    void numbers_are_written_for_people() {
        assertThat(Texts.rate(12_345.6, "events")).isEqualTo("12,346 events/s");
        assertThat(Texts.percent(1, 3)).isEqualTo("33 %");
        assertThat(Texts.milliseconds(1_234_567)).isEqualTo("1.2 ms");
        assertThat(Texts.milliseconds(123_456_789)).isEqualTo("123 ms");
        assertThat(Texts.seconds(Duration.ofMillis(61_250))).isEqualTo("61.3 s");
        assertThat(Texts.megabytes(1_500_000_000)).isEqualTo("1,500 MB");
    }

    @Test
    void the_median_is_the_middle() {
        assertThat(Texts.median(3, 1, 2)).isEqualTo(2);
        assertThat(Texts.median(4, 1, 2, 3)).isEqualTo(2.5);
    }

    @Test
    void every_row_has_a_name_and_says_what_it_is() {
        assertThat(Rows.ALL).extracting(Row::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
        assertThat(Rows.ALL).allSatisfy(row -> assertThat(row.about()).isNotBlank());
    }
}
