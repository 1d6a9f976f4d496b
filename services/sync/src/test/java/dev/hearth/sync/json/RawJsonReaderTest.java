package dev.hearth.sync.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import dev.hearth.sync.json.RawJsonReader.UnknownFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonReaderTest {
    record Box(@Nullable RawJson data, @Nullable Integer after) {}

    record Boxes(List<Box> boxes) {}

    private final RawJsonReader strict = new RawJsonReader(50, UnknownFields.REFUSED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":2,\"nested\":{\"z\":3,\"y\":4}}",
                "{\"b\":1, \"a\":\"\\u00e9\"}",
                "\"\u2028 é 😀\"",
                "\"\\ud800\"",
                "1e21",
                "9007199254740993",
                "-0.0",
                "[ 1 , 2\n]",
                "\"\"",
                "\"a \\\" }\"",
                "true",
                "false",
                "null",
                "{}",
                "[]"
            })
    void a_value_keeps_the_bytes_it_was_sent_in(String json) throws IOException {
        for (String around : List.of("{\"data\":%s}", "{\"data\": %s ,\"after\":1}", "{\"after\":1,\"data\"  :%s\n}")) {
            assertThat(text(read(around.formatted(json), Box.class).data())).isEqualTo(json);
        }
    }

    @RepeatedTest(200)
    void any_value_anywhere_keeps_its_bytes() throws IOException {
        var random = RandomGenerator.getDefault();
        var first = value(random, 4);
        var second = value(random, 4);

        var boxes = read("{\"boxes\":[{\"data\":" + first + "},{\"data\":" + second + "}]}", Boxes.class);

        assertThat(boxes.boxes().stream().map(box -> text(box.data())).toList()).containsExactly(first, second);
    }

    @Test
    void an_absent_value_is_not_null() throws IOException {
        assertThat(read("{\"after\":1}", Box.class).data()).isNull();
        assertThat(text(read("{\"data\":null}", Box.class).data())).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"data\":}",
                "{\"data\":1,}",
                "{\"data\":NaN}",
                "{\"data\":01}",
                "{\"data\":1}{}",
                "{\"data\":1,\"data\":2}",
                "{\"data\":{\"a\":1,\"a\":2}}",
                "{\"data\":'a'}",
                "{\"data\":\"\u0001\"}",
                "{\"other\":1}",
                "{\"after\":1.5}",
                "{\"after\":\"1\"}",
                "null",
                "[]"
            })
    void what_is_not_valid_or_not_expected_is_refused(String json) {
        assertThatThrownBy(() -> read(json, Box.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void invalid_utf_8_is_refused() {
        byte[] json = "{\"data\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        json[9] = (byte) 0xff;

        assertThatThrownBy(() -> strict.read(json, Box.class)).isInstanceOf(IOException.class);
    }

    @Test
    void nesting_is_limited() throws IOException {
        assertThat(read("{\"data\":" + "[".repeat(49) + "]".repeat(49) + "}", Box.class)
                        .data())
                .isNotNull();
        assertThatThrownBy(() -> read("{\"data\":" + "[".repeat(50) + "]".repeat(50) + "}", Box.class))
                .isInstanceOf(JacksonException.class);
    }

    private <T> T read(String json, Class<T> type) throws IOException {
        return strict.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String text(@Nullable RawJson json) {
        return json == null ? "absent" : new String(json.bytes().bytes(), StandardCharsets.UTF_8);
    }

    private static String value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> random.nextInt(100) + "." + random.nextInt(100) + "E" + random.nextInt(-9, 9);
            case 2 -> random.nextBoolean() ? "true" : "null";
            case 3 -> string(random);
            case 4 -> "\"\"";
            case 5 ->
                "[" + space(random) + value(random, depth - 1) + space(random) + "," + value(random, depth - 1) + "]";
            default ->
                "{" + space(random) + "\"k\"" + space(random) + ":" + value(random, depth - 1) + space(random)
                        + ",\"l\":" + value(random, depth - 1) + "}";
        };
    }

    private static String string(RandomGenerator random) {
        var text = new StringBuilder("\"");
        for (int length = random.nextInt(12); length > 0; length--) {
            text.append(List.of("a", "é", "\u2028", "😀", "\\u0041", "\\n", "\\\"", "{", "]", ",", "\\ud83d")
                    .get(random.nextInt(11)));
        }
        return text.append('"').toString();
    }

    private static String space(RandomGenerator random) {
        return " \n\t".substring(0, random.nextInt(4));
    }
}
