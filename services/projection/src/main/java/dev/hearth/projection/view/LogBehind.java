package dev.hearth.projection.view;

import dev.hearth.contracts.StoreId;

/// The log does not have what was heard of it, or what a view has of it already. Postgres is the truth, so this
/// is a matter for the operator; until then whoever meets it waits.
public final class LogBehind extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogBehind(StoreId store) {
        super("the log is behind its copy: store=" + store);
    }
}
