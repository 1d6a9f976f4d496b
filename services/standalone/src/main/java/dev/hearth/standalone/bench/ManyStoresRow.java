package dev.hearth.standalone.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Whether an append costs more when there are many stores. They are put into the tables directly, one event in each,
/// as making a million over HTTP would take too long.
public final class ManyStoresRow implements Row {
    private static final int CLIENTS = 16;
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int TOUCHED = 1_000;
    private static final double GOAL = 1.2;
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "stores";
    }

    @Override
    public String about() {
        return "the cost of an append as stores grow from 1,000 to 1,000,000; takes minutes and 1 GB of disk";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        String own = own(subject);
        fill(subject, own, FEW);
        telling.say("stores: warming up");
        warmUp(subject);
        telling.say("stores: appending to " + FEW);
        var few = new ArrayList<Double>();
        var many = new ArrayList<Double>();
        for (int run = 0; run < 3; run++) {
            few.add(appends(subject));
        }
        telling.say("stores: making " + MANY);
        fill(subject, own, MANY - FEW);
        telling.say("stores: waiting for the view to have them");
        Waiting.until("the view of all stores", LOOK, PATIENCE, () -> shown(subject) >= MANY);
        telling.say("stores: appending to " + MANY);
        for (int run = 0; run < 3; run++) {
            many.add(appends(subject));
        }
        double before = Texts.median(few.stream().mapToDouble(d -> d).toArray());
        double after = Texts.median(many.stream().mapToDouble(d -> d).toArray());
        return List.of(new Figure(
                "append, 16 clients, among 1,000,000 stores",
                Texts.rate(after, "events"),
                "among 1,000: " + Texts.rate(before, "events") + String.format(", cost × %.2f", before / after),
                "≤ × 1.2",
                before / after <= GOAL));
    }

    private static void warmUp(Subject subject) {
        var stores = some(subject);
        try (var load = new Load(subject, CLIENTS)) {
            load.warmUp(CLIENTS, _ -> new Load.Post(any(stores), Events.append(1)));
        }
    }

    /// How many of the stores are in the view: what is still on its way there would be measured too.
    private static long shown(Subject subject) {
        try (var connection = subject.postgres();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("select count(*) from projection.usage where client_id like 'many-%'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new BenchFailed("the view could not be counted: " + failure.getMessage(), failure);
        }
    }

    /// Appends to stores taken from all of them by chance.
    private static double appends(Subject subject) {
        var stores = some(subject);
        try (var load = new Load(subject, CLIENTS)) {
            return load.run(CLIENTS, _ -> new Load.Post(any(stores), Events.append(1)))
                    .perSecond();
        }
    }

    private static String any(List<String> stores) {
        return "/api/v1/stores/" + stores.get(ThreadLocalRandom.current().nextInt(stores.size())) + "/events";
    }

    private static List<String> some(Subject subject) {
        List<String> stores = new ArrayList<>();
        try (var connection = subject.postgres();
                var query = connection.prepareStatement(
                        "select id from event_store.store where client_id like 'many-%' order by random() limit "
                                + TOUCHED)) {
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    stores.add(rows.getString(1));
                }
            }
            return stores;
        } catch (SQLException failure) {
            throw new BenchFailed("the stores could not be listed: " + failure.getMessage(), failure);
        }
    }

    /// The one that all others are made like, before there are as many as one owner may make.
    private static String own(Subject subject) {
        try (var calls = new Stores(subject)) {
            return calls.open();
        }
    }

    private static void fill(Subject subject, String own, int stores) {
        try (var connection = subject.postgres()) {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("""
                    with made as (
                        insert into event_store.store (owner, face, client_id, kind, private, placement, head,
                                                       head_alias, bytes, appended_at)
                        select s.owner, s.face, 'many-' || gen_random_uuid(), s.kind, s.private, s.placement, 1, 0, 2,
                               now()
                        from event_store.store s, generate_series(1, ?) where s.id = ?::uuid
                        returning id)
                    insert into event_store.event (store, generation, sequence, stream, revision, type, event_id,
                                                   payload, payload_hash, content_type, private, actor)
                    select id, 1, 1, 'default', 1, 'bench.made', '1', '{}', sha256('{}'), 'application/json', false,
                           'user:bench'
                    from made""")) {
                insert.setInt(1, stores);
                insert.setString(2, own);
                insert.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("vacuum analyze event_store.store");
                statement.execute("vacuum analyze event_store.event");
            }
        } catch (SQLException failure) {
            throw new BenchFailed("the stores could not be made: " + failure.getMessage(), failure);
        }
    }
}
