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
public interface Rows<R> {
    View<R> view();

    /// Those of the rows that exist.
    Uni<Map<RowKey, R>> read(SqlConnection tx, int build, StoreId store, Set<RowKey> keys);

    Uni<Void> write(SqlConnection tx, int build, StoreFacts store, Map<RowKey, R> rows);

    /// Removes one row.
    Uni<Void> remove(SqlConnection tx, int build, StoreId store, RowKey key);

    /// Removes all rows of a store.
    Uni<Void> removeAll(SqlConnection tx, int build, StoreId store);

    /// Removes up to `limit` rows of a build, whoever owns them; how many there were.
    Uni<Integer> dropBuild(SqlConnection tx, int build, int limit);
}
