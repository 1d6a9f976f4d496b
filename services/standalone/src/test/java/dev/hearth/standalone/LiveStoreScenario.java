package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.standalone.demo.Household;
import dev.hearth.standalone.demo.LiveStoreApp;
import dev.hearth.standalone.demo.Outage;
import dev.hearth.standalone.demo.Pair;
import dev.hearth.standalone.demo.Seen;
import dev.hearth.standalone.demo.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The demo's story as tests: real LiveStore clients, two for each transport, against one running Hearth.
/// The devices live through all of it, and after each chapter everything must be accounted for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class LiveStoreScenario {
    @TempDir
    static Path folder;

    private final String[] options;
    private final Map<Transport, Pair> pairs = new EnumMap<>(Transport.class);
    private DataFolder data;
    private HearthProgram hearth;
    private LiveStoreApp app;
    private DemoPerson person;

    LiveStoreScenario(String... options) {
        this.options = options;
    }

    abstract List<Outage> outages(DataFolder data);

    @BeforeAll
    void start() throws Exception {
        data = new DataFolder(folder.resolve("data"));
        hearth = new HearthProgram(data.root());
        hearth.up(options).awaitReady();
        app = LiveStoreApp.in(DataFolder.cache(), System.out::println);
        person = DemoPerson.of(data);
    }

    @AfterAll
    void stop() throws Exception {
        pairs.values().forEach(Pair::close);
        var down = hearth.run("", "down");
        assertThat(down.code()).as(down.output()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void devices_that_wrote_apart_meet_with_the_same_history(Transport transport) {
        var pair = Pair.offline(store(transport), transport, app, person, devices(transport));
        pairs.put(transport, pair);

        var met = pair.writeApart(100);

        assertThat(met.events()).isEqualTo(203);
        nothing_is_lost_or_doubled(pair);
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void a_push_behind_the_server_is_refused_and_comes_again_after_the_others(Transport transport) {
        var conflicts = pair(transport).writeBehind();

        assertThat(conflicts.refused()).isPositive();
        nothing_is_lost_or_doubled(pair(transport));
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void a_device_killed_in_mid_push_loses_nothing(Transport transport) {
        var killed = pair(transport).killPhoneInMidPush(150);

        assertThat(killed.unpushed()).isPositive();
        nothing_is_lost_or_doubled(pair(transport));
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void a_reconnect_during_a_live_pull_misses_nothing(Transport transport) {
        pair(transport).reconnectInLivePull();

        nothing_is_lost_or_doubled(pair(transport));
    }

    @ParameterizedTest
    @MethodSource("victims")
    @Order(3)
    void what_is_killed_while_devices_write_loses_nothing(String victim) {
        var all = List.of(pair(Transport.HTTP), pair(Transport.WEBSOCKET));
        all.forEach(Pair::reopen);

        Pair.survive(outage(victim), all);

        all.forEach(LiveStoreScenario::nothing_is_lost_or_doubled);
    }

    @Test
    @Order(4)
    void two_people_share_a_households_store_and_nobody_else_sees_it() {
        var cast = new DemoCast(data, person);
        var household = Household.of(person, cast, "home");
        try (var pair = household.devices(Transport.WEBSOCKET, app, folder.resolve("home"))) {
            assertThat(pair.writeApart(20).events()).isEqualTo(43);
            nothing_is_lost_or_doubled(pair);
        }

        assertThat(household.tryAs(cast.outsider())).isPositive();
        assertThat(household.takeGuestOut()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @Order(5)
    void somebody_who_was_taken_out_is_invited_again() {
        var household = Household.of(person, new DemoCast(data, person), "home-again");

        household.takeGuestOut();
    }

    List<String> victims() {
        return outages(data).stream().map(Outage::victim).toList();
    }

    private Outage outage(String victim) {
        return outages(data).stream()
                .filter(outage -> outage.victim().equals(victim))
                .findFirst()
                .orElseThrow();
    }

    private Pair pair(Transport transport) {
        return pairs.computeIfAbsent(
                transport, missing -> Pair.online(store(missing), missing, app, person, devices(missing)));
    }

    private static String store(Transport transport) {
        return "todos-" + transport.name().toLowerCase(Locale.ROOT);
    }

    private static Path devices(Transport transport) {
        return folder.resolve(store(transport));
    }

    /// `settle` fails by itself, with what is lost, doubled, or out of order.
    private static void nothing_is_lost_or_doubled(Pair pair) {
        Seen.Settled settled = pair.settle();

        assertThat(settled.kept()).isEqualTo(settled.written());
    }
}
