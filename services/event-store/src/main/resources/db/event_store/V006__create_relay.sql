-- How far the log was discovered, and in which topic its copy stands. One row: one shard.
create table relay_cursor (
    shard    int    not null primary key,
    topic_id text   not null,
    xid      xid8   not null,
    position bigint not null
);

-- How far each store was published.
create table relay_checkpoint (
    store      uuid   not null primary key,
    generation bigint not null,
    sequence   bigint not null
);

grant select, insert, update, delete on relay_cursor, relay_checkpoint to event_store_relay;
