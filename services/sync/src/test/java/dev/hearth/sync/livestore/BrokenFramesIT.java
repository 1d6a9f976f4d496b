package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.sync.live.Live;
import dev.hearth.testkit.Complaints;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What breaks below the protocol's messages, in the frames, ends the connection it came on. Others notice nothing,
/// nothing is written, and nothing is worth an operator's look.
@QuarkusTest
@Timeout(30)
@WithTestResource(TestServers.OnlyPostgres.class)
class BrokenFramesIT {
    @TestHTTPResource(LiveStoreFace.PATH)
    URI url;

    @Inject
    Live live;

    private final String token = TestTokens.user(UUID.randomUUID());
    private Complaints complaints;
    private WireClient other;

    @BeforeEach
    void another_client_is_live() {
        await().until(() -> live.followers() == 0);
        complaints = new Complaints();
        other = new WireClient(url, "todo", token);
        other.open();
        other.send(WireClient.pullRequest("1", "todo", null));
        other.nextChunk("1");
    }

    @AfterEach
    void nothing_was_written_and_the_other_is_served() {
        try {
            other.send(WireClient.pushRequest("2", "todo", WireClient.event(1, 0, "{\"by\":\"other\"}")));

            assertThat(other.nextExit("2").getJsonObject("exit").getString("_tag"))
                    .isEqualTo("Success");
            assertThat(WireClient.numbersOf(other.nextChunk("1"))).containsExactly(1);
            assertThat(other.numbers(0)).containsExactly(1);
            assertThat(complaints.heard()).isEmpty();
        } finally {
            complaints.close();
            other.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "5, false", "5, true", "100, false", "100, true", "-1, false", "-1, true"})
    void a_push_whose_frame_is_cut_off_is_not_written(int sent, boolean reset) throws IOException {
        try (var socket = pulling()) {
            byte[] push = push();
            socket.send(Arrays.copyOf(push, sent < 0 ? push.length + sent : sent));

            socket.cut(reset);

            await().until(() -> live.followers() == 1);
        }
    }

    @Test
    void a_message_of_several_frames_of_which_one_never_comes_is_not_written() throws IOException {
        try (var socket = pulling()) {
            var push = WireClient.pushRequest("9", "todo", WireClient.event(1, 0, "{}"))
                    .getBytes(StandardCharsets.UTF_8);
            socket.send(RawWebSocket.frame(0x01, Arrays.copyOf(push, 50)));
            socket.send(RawWebSocket.frame(0x00, Arrays.copyOfRange(push, 50, push.length)));

            socket.cut(false);

            await().until(() -> live.followers() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    an opcode that is reserved,             838000000000
                    a control opcode that is reserved,      8B8000000000
                    a bit that belongs to no extension,     C18000000000
                    a frame that is not masked,             81027B7D
                    a continuation of nothing,              808000000000
                    a message within another,               01810000000020 8180000000
                    a ping of several frames,               098000000000
                    a ping that is too long,                89FE007E00000000
                    a length of 2^62,                       81FF400000000000000000000000
                    a length of 2^63,                       81FF800000000000000000000000
                    a length over the limit,                81FF000000000080000100000000
                    a length written longer than needed,    81FE000100000000
                    a close with half a code,               88810000000003
                    a close with a code that is reserved,   88820000000003ED
                    """)
    void a_frame_that_must_not_be_ends_its_connection(String what, String hex) throws IOException {
        try (var socket = pulling()) {
            socket.send(HexFormat.of().parseHex(hex.replace(" ", "")));

            assertThat(socket.closeCode()).as(what).isIn(RawWebSocket.NO_CODE, 1002, 1007, 1009);
            await().until(() -> live.followers() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"FF", "C3", "C080", "EDA080", "F4908080"})
    void text_that_is_not_utf_8_ends_its_connection(String hex) throws IOException {
        try (var socket = pulling()) {
            var parts = WireClient.pushRequest("9", "todo", WireClient.event(1, 0, "{\"text\":\"?\"}"))
                    .split("\\?");

            socket.send(RawWebSocket.frame(
                    RawWebSocket.TEXT, (parts[0] + hexAsLatin1(hex) + parts[1]).getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(socket.closeCode()).isEqualTo(1007);
            await().until(() -> live.followers() == 1);
        }
    }

    @Test
    void frames_that_become_too_large_a_message_end_their_connection() throws IOException {
        try (var socket = pulling()) {
            var spaces = " ".repeat(60_000).getBytes(StandardCharsets.US_ASCII);
            socket.send(RawWebSocket.frame(0x01, spaces));
            for (int sent = spaces.length; sent <= 8 * 1024 * 1024; sent += spaces.length) {
                socket.send(RawWebSocket.frame(0x00, spaces));
            }

            assertThat(socket.closeCode()).isEqualTo(1009);
            await().until(() -> live.followers() == 1);
        }
    }

    @Test
    void what_comes_behind_a_broken_message_is_not_read() throws IOException {
        try (var socket = pulling()) {
            var all = new ByteArrayOutputStream();
            all.write(RawWebSocket.text("{"));
            all.write(push());
            socket.send(all.toByteArray());

            assertThat(socket.closeCode()).isEqualTo(1007);
            await().until(() -> live.followers() == 1);
        }
    }

    private static String hexAsLatin1(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    /// A character's bytes may lie in two frames.
    @Test
    void a_message_may_come_in_frames_that_part_a_character() throws IOException {
        try (var socket = pulling()) {
            byte[] ping = "{\"_tag\":\"Ping\",\"note\":\"é\"}".getBytes(StandardCharsets.UTF_8);
            int within = ping.length - 3;
            socket.send(RawWebSocket.frame(0x01, Arrays.copyOf(ping, within)));
            socket.send(RawWebSocket.frame(0x80, Arrays.copyOfRange(ping, within, ping.length)));

            assertThat(socket.next()).contains("Pong");
        }
    }

    @Test
    void a_connection_that_stops_within_its_first_frame_is_closed() throws IOException {
        try (var socket = new RawWebSocket(url, token)) {
            socket.send(Arrays.copyOf(push(), 100));

            assertThat(socket.closeCode()).isEqualTo(1013);
        }
    }

    private static byte[] push() throws IOException {
        return RawWebSocket.text(
                WireClient.pushRequest("9", "todo", WireClient.event(1, 0, "{\"by\":\"the broken one\"}")));
    }

    /// A connection that the server serves already.
    private RawWebSocket pulling() throws IOException {
        var socket = new RawWebSocket(url, token);
        socket.send(RawWebSocket.text(WireClient.pullRequest("1", "todo", null)));
        assertThat(socket.next()).contains("Chunk");
        assertThat(live.followers()).isEqualTo(2);
        return socket;
    }
}
