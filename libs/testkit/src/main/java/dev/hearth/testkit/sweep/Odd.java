package dev.hearth.testkit.sweep;

import java.util.List;
import java.util.random.RandomGenerator;

/// Values that somebody who means well would not send.
final class Odd {
    /// As JSON writes them, so that half a surrogate pair and a NUL can be told.
    private static final List<String> JSON_TEXTS = List.of(
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u202eabc\\u202c\"",
            "\"\\u05d0\\u05d1 \\u0627\"",
            "\"e\\u0301\\u0323\"",
            "\"\\ufeff\\ufffe\\uffff\"",
            "\"\\u001b[31m\"",
            "\"\\r\\nX-Header: 1\"",
            "\"' or 1=1 --\"",
            "\"../../etc/passwd\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "\"{{7*7}}<script>\"",
            "\"%00%ff\"",
            "\"ǅ\\u0130\\u0131ß\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"1-1-1-1-1\"",
            "\"null\"",
            "\"9223372036854775808\"",
            "\"2026-02-30T25:61:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"");
    private static final List<String> JSON_OTHERS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "-0",
            "1.5",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1e308",
            "1e400",
            "1E-400",
            "123456789012345678901234567890.123456789",
            "NaN",
            "+1",
            "01",
            "[]",
            "{}",
            "[null]",
            "[[[[]]]]",
            "{\"\":{\"\":null}}",
            "{\"$ref\":\"#\"}",
            "[1,\"a\",{}]",
            "{\"__proto__\":{},\"@class\":\"java.lang.Runtime\"}",
            "'a'",
            "undefined");
    /// As they stand in a path or a query.
    private static final List<String> ENCODED = List.of(
            "",
            "%20",
            "%00",
            "a%00b",
            "%ff%fe",
            "%ed%a0%80",
            "%f0%9f%98%80",
            "%e2%80%aeabc",
            "%c0%af",
            "%zz",
            "%",
            "%u0041",
            "-1",
            "0",
            "1.5",
            "1e9",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999",
            "NaN",
            "null",
            "true",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA",
            "'%20or%201=1--",
            "..",
            "..%2f..%2fetc",
            "%2e%2e",
            "%252e",
            "a/b",
            "a%2Fb",
            "a;b=c",
            "%0d%0aX-Header:%201",
            "$%7Bjndi:ldap://127.0.0.1/x%7D",
            "*",
            "%25",
            "é",
            "%EF%BB%BF");
    private static final List<String> HEADER = List.of(
            "",
            " ",
            ",",
            ";",
            "=",
            "\"",
            "*",
            "*/*;q=x",
            "-1",
            "0-0",
            "00-00000000000000000000000000000000-0000000000000000-00",
            "9223372036854775808",
            "99999999999999999999-99999999999999999999",
            "\u00e9\u00ff",
            "null",
            "a=b;c=d,e",
            "'; drop table event; --",
            "${jndi:ldap://127.0.0.1/x}",
            "%00",
            "00000000-0000-0000-0000-000000000000=1",
            "00000000-0000-0000-0000-000000000000=999999999999999999-999999999999999999");

    private Odd() {}

    static String json(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> of(JSON_TEXTS, random);
            case 4, 5, 6, 7 -> of(JSON_OTHERS, random);
            case 8 -> "\"" + "x".repeat(1 + random.nextInt(5_000)) + "\"";
            default -> "\"" + "\\ud83d\\ude00".repeat(1 + random.nextInt(300)) + "\"";
        };
    }

    static String encoded(RandomGenerator random) {
        return random.nextInt(12) == 0 ? "x".repeat(1 + random.nextInt(2_500)) : of(ENCODED, random);
    }

    static String header(RandomGenerator random) {
        return random.nextInt(12) == 0 ? "x".repeat(1 + random.nextInt(7_000)) : of(HEADER, random);
    }

    static <T> T of(List<T> values, RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }
}
