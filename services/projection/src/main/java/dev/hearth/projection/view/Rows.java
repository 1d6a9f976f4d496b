package dev.hearth.projection.view;

import dev.hearth.contracts.StoreId;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Map;
import java.util.Set;

/// A view's table: its rows by build, store and key. One bean of this type makes a view known to the frame.
/// Many stores are folded together: reading and writing is one statement, however many they are.
public interface Rows<R> {
    View<R> view();

    /// Those of the rows that exist; a store without any may be absent.
    Uni<Map<StoreId, Map<RowKey, R>>> read(SqlConnection tx, int build, Map<StoreId, Set<RowKey>> keys);

    /// Puts rows, at least one.
    Uni<Void> write(SqlConnection tx, int build, Map<StoreFacts, Map<RowKey, R>> rows);

    /// Removes one row.
    Uni<Void> remove(SqlConnection tx, int build, StoreId store, RowKey key);

    /// Removes all rows of a store.
    Uni<Void> removeAll(SqlConnection tx, int build, StoreId store);

    /// Removes up to `limit` rows of a build, whoever owns them; how many there were.
    Uni<Integer> dropBuild(SqlConnection tx, int build, int limit);
}
