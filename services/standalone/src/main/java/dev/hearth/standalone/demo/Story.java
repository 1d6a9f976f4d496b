package dev.hearth.standalone.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The demo: everything that goes wrong in the life of two devices, told in figures.
public final class Story {
    private static final int EACH = 200;
    private static final int IN_FLIGHT = 300;
    private static final int SAMPLES = 15;
    private static final int EACH_OF_TWO = 50;

    private final LiveStoreApp app;
    private final Server server;
    private final Cast cast;
    private final Path folder;
    private final Consumer<String> out;
    private int chapter;

    /// @param server as the one who tells the story sees it
    /// @param folder where the devices keep their data
    /// @param out takes the story, line by line
    public Story(LiveStoreApp app, Server server, Cast cast, Path folder, Consumer<String> out) {
        this.app = app;
        this.server = server;
        this.cast = cast;
        this.folder = folder;
        this.out = out;
    }

    /// What the last chapter kills, or why it may not.
    public sealed interface LastChapter {
        record Kill(Outage outage) implements LastChapter {}

        record Skip(String reason) implements LastChapter {}
    }

    /// Tells the whole story; fails at the first thing that does not hold.
    public void tell(String store, Transport transport, LastChapter last) {
        long start = System.nanoTime();
        say("Two LiveStore apps, a phone and a laptop, share the store %s over %s.", store, transport.title());
        try (var pair = Pair.offline(store, transport, app, server, folder)) {
            apart(pair);
            behind(pair);
            latency(pair);
            killedPhone(pair);
            reconnect(pair);
            survive(pair, last);
            account(pair);
        }
        household(store + "-home", transport);
        say("");
        say("Everything held, in %s.", seconds(Duration.ofNanos(System.nanoTime() - start)));
    }

    private void apart(Pair pair) {
        chapter("Both write with no network, then connect");
        var met = pair.writeApart(EACH);
        say(
                "   %d events met in %s (%.0f events/s): same rows, same history on both.",
                met.events(), seconds(met.time()), met.perSecond());
    }

    private void behind(Pair pair) {
        chapter("The laptop writes before it has taken what the phone wrote");
        var conflicts = pair.writeBehind();
        say(
                "   Pushes refused because the phone was faster: %d. The laptop took the phone's events first and",
                conflicts.refused());
        say("   pushed again. %d events, one order.", conflicts.events());
    }

    private void latency(Pair pair) {
        chapter("One writes, the other watches");
        var latency = pair.measureLatency(SAMPLES);
        say(
                "   From the phone's write to the laptop's screen: median %d ms, longest of %d: %d ms.",
                latency.median().toMillis(), SAMPLES, latency.longest().toMillis());
    }

    private void killedPhone(Pair pair) {
        chapter("The phone is killed while it pushes");
        var killed = pair.killPhoneInMidPush(IN_FLIGHT);
        say(
                "   Of %d events %d were not confirmed when it died. Started again, it had pushed all after %s.",
                killed.events(), killed.unpushed(), seconds(killed.recovery()));
    }

    private void reconnect(Pair pair) {
        chapter("The laptop loses its network while it receives, the phone loses answers");
        var met = pair.reconnectInLivePull();
        say("   %d events meanwhile; both have all of them.", met.events());
    }

    private void survive(Pair pair, LastChapter last) {
        switch (last) {
            case LastChapter.Kill(var outage) -> {
                chapter("kill -9 of " + outage.victim() + " while both write");
                pair.reopen();
                var survived = Pair.survive(outage, List.of(pair));
                say(
                        "   Away for %s. %d events were written before, meanwhile and after; %s after it was back, both had all.",
                        seconds(survived.away()), survived.events(), seconds(survived.recovery()));
            }
            case LastChapter.Skip(var reason) -> {
                chapter("kill -9 of the server: skipped");
                say("   %s", reason);
            }
        }
    }

    private void account(Pair pair) {
        chapter("The account");
        var settled = pair.settle();
        say(
                "   Written on devices: %d. Kept by the server: %d, each once, sequences 1 to %d without a gap.",
                settled.written(), settled.kept(), settled.kept());
        say("   Phone, laptop and server have the same history: %s", settled.digest());
    }

    private void household(String store, Transport transport) {
        chapter("Two people share a household's list");
        var household = Household.of(server, cast, store);
        try (var pair = household.devices(transport, app, folder)) {
            var met = pair.writeApart(EACH_OF_TWO);
            say(
                    "   Invited by a code, the second one's laptop and the first one's phone met in %s: %d events, same rows.",
                    seconds(met.time()), met.events());
            pair.settle();
        }
        chapter("Somebody else knows every id of it");
        say("   %d addresses tried, each answered like one where nothing is.", household.tryAs(cast.outsider()));
        chapter("The second one is taken out while reading");
        say("   The open stream ended after %s, and every address is closed.", seconds(household.takeGuestOut()));
    }

    private void chapter(String title) {
        say("");
        say("%d  %s", ++chapter, title);
    }

    private void say(String line, Object... figures) {
        out.accept(figures.length == 0 ? line : line.formatted(figures));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
    }
}
