package dev.hearth.standalone.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Two devices with one store, and what can happen to them. Each chapter ends when both devices have the
/// same rows and the same history, and returns what it saw.
public final class Pair implements AutoCloseable {
    private static final int ROUNDS = 10;
    private static final int BURST = 25;
    private static final int LIVE = 12;
    private static final long AWAY_MS = 3_000;

    private final String store;
    private final Device phone;
    private final Device laptop;
    private final ServerLog log;

    private Pair(String store, Transport transport, LiveStoreApp app, Server phone, Server laptop, Path folder) {
        this.store = store;
        this.phone = new Device("phone", store, transport, app, phone, folder);
        this.laptop = new Device("laptop", store, transport, app, laptop, folder);
        this.log = new ServerLog(phone);
    }

    /// Two devices without a network. Their data is kept in `folder`; `store` should be a new one.
    public static Pair offline(String store, Transport transport, LiveStoreApp app, Server server, Path folder) {
        return offline(store, transport, app, server, server, folder);
    }

    /// The same, where the phone is somebody's and the laptop somebody else's.
    public static Pair offline(
            String store, Transport transport, LiveStoreApp app, Server phone, Server laptop, Path folder) {
        return new Pair(store, transport, app, phone, laptop, folder).start(true);
    }

    public static Pair online(String store, Transport transport, LiveStoreApp app, Server server, Path folder) {
        return new Pair(store, transport, app, server, server, folder).start(false);
    }

    private Pair start(boolean offline) {
        try {
            phone.start(offline);
            laptop.start(offline);
            phone.awaitReady();
            laptop.awaitReady();
            return this;
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /// Both write with no network, the same todo too, and meet afterwards.
    public Seen.Met writeApart(int each) {
        String contested = phone.nextId();
        Patience.together(
                () -> {
                    phone.addOne(contested);
                    phone.add(each);
                    phone.rename(contested, "as the phone calls it");
                },
                () -> {
                    laptop.add(each);
                    laptop.rename(contested, "as the laptop calls it");
                });
        long start = System.nanoTime();
        Patience.together(phone::online, laptop::online);
        int events = converge();
        return new Seen.Met(events, since(start));
    }

    /// The laptop writes on before it has taken what the phone wrote: the server must refuse its push, once at least.
    public Seen.Conflicts writeBehind() {
        int before = laptop.serverAhead();
        laptop.hold();
        phone.add(BURST);
        phone.awaitSynced();
        laptop.add(BURST);
        Patience.until(
                "the server refuses what the laptop pushes", Device.PATIENCE, () -> laptop.serverAhead() > before);
        laptop.release();
        converge();
        return new Seen.Conflicts(laptop.serverAhead() - before, 2 * BURST);
    }

    /// The time from writing on one device until it is seen on the other.
    public Seen.Latency measureLatency(int samples) {
        long[] nanos = new long[samples];
        for (int i = 0; i < samples; i++) {
            String id = phone.nextId();
            var seen = laptop.expect(id);
            long start = System.nanoTime();
            phone.addOne(id);
            laptop.await(seen);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        converge();
        return new Seen.Latency(Duration.ofNanos(nanos[samples / 2]), Duration.ofNanos(nanos[samples - 1]));
    }

    /// The phone is killed while its events are on their way, and started again.
    public Seen.Killed killPhoneInMidPush(int events) {
        for (int round = 1; round <= ROUNDS; round++) {
            phone.add(events);
            int unpushed = phone.unpushed();
            phone.kill();
            long start = System.nanoTime();
            phone.start(false);
            phone.awaitReady();
            converge();
            if (unpushed > 0) {
                return new Seen.Killed(events, unpushed, since(start));
            }
        }
        throw new DemoFailed("in " + ROUNDS + " rounds everything was pushed before the phone could be killed");
    }

    /// While the phone writes and the laptop receives, the laptop loses its network, then the phone loses answers.
    public Seen.Met reconnectInLivePull() {
        long start = System.nanoTime();
        var writer = Writer.on(phone);
        laptopReceives();
        laptop.offline();
        writer.awaitMore(LIVE);
        laptop.online();
        laptopReceives();
        phone.mute();
        writer.awaitMore(LIVE);
        phone.online();
        writer.awaitMore(LIVE);
        writer.stop();
        converge();
        return new Seen.Met(writer.written(), since(start));
    }

    private void laptopReceives() {
        long head = laptop.upstreamHead();
        Patience.until(
                "the laptop receives what the phone writes", Device.PATIENCE, () -> laptop.upstreamHead() > head);
    }

    /// Something of the server is killed while all these devices write, and brought back while they go on.
    public static Seen.Survived survive(Outage outage, List<Pair> pairs) {
        List<Writer> writers = new ArrayList<>();
        for (Pair pair : pairs) {
            writers.add(Writer.on(pair.phone));
            writers.add(Writer.on(pair.laptop));
        }
        Patience.together(
                pairs.stream().<Runnable>map(pair -> pair::laptopReceives).toList());
        long start = System.nanoTime();
        outage.strike();
        Patience.pause(AWAY_MS);
        outage.mend();
        Duration away = since(start);
        long back = System.nanoTime();
        Patience.together(writers.stream()
                .<Runnable>map(writer -> () -> writer.awaitMore(LIVE))
                .toList());
        writers.forEach(Writer::stop);
        Patience.together(pairs.stream().<Runnable>map(pair -> pair::converge).toList());
        return new Seen.Survived(writers.stream().mapToInt(Writer::written).sum(), away, since(back));
    }

    /// Both start anew, as an app does that is closed and opened; LiveStore's waits between attempts start anew, too.
    public void reopen() {
        Patience.together(phone::restart, laptop::restart);
    }

    /// Waits until both have everything, and compares. Returns how many events there are.
    private int converge() {
        Patience.together(phone::awaitSynced, laptop::awaitSynced);
        long head = Math.max(phone.upstreamHead(), laptop.upstreamHead());
        Patience.together(() -> phone.awaitHead(head), () -> laptop.awaitHead(head));
        if (!phone.rowsDigest().equals(laptop.rowsDigest())) {
            throw new DemoFailed("the devices show different rows");
        }
        History history = phone.history();
        if (!history.digest().equals(laptop.history().digest())) {
            throw new DemoFailed("the devices have different histories");
        }
        return history.size();
    }

    /// Compares all that the devices said they wrote with what the server kept.
    public Seen.Settled settle() {
        converge();
        var account = Account.settle(log.read(store), List.of(phone, laptop));
        return new Seen.Settled(account.written(), account.kept(), account.digest());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        Patience.together(phone::close, laptop::close);
    }
}
