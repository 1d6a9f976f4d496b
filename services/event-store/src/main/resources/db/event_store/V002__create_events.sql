create table event (
    store        uuid        not null references store,
    generation   bigint      not null,
    sequence     bigint      not null check (sequence > 0),
    position     bigint      not null generated always as identity,
    -- Which transaction wrote it: what is below the oldest running one can be read in log order.
    xid          xid8        not null default pg_current_xact_id(),
    stream       text        not null,
    revision     bigint      not null check (revision > 0),
    alias        bigint,
    type         text        not null,
    event_id     text        not null,
    payload      bytea       not null,
    payload_hash bytea       not null,
    content_type text        not null,
    private      boolean     not null,
    erased       boolean     not null default false,
    actor        text        not null,
    device       text,
    session      text,
    correlation  text,
    causation    text,
    occurred_at  timestamptz,
    recorded_at  timestamptz not null default now(),
    attributes   jsonb,
    primary key (store, generation, sequence)
);

create unique index event_by_id on event (store, generation, event_id);
create unique index event_by_alias on event (store, generation, alias) where alias is not null;
create unique index event_by_stream on event (store, generation, stream, revision);
create index event_by_transaction on event (xid, position);

alter table event enable row level security;
alter table event force row level security;
create policy one_store on event to event_store
    using (store = current_store()) with check (store = current_store());
create policy relay_reads_all on event for select to event_store_relay using (true);
create policy eraser_reads_all on event for select to event_store_eraser using (true);
create policy eraser_blanks on event for update to event_store_eraser using (true) with check (erased);
create policy owner_reads_all on event for select to event_store_owner using (true);

-- Append only: no role that serves requests can change or delete an event. The eraser can blank one, nothing else.
grant select, insert on event to event_store;
grant select on event to event_store_relay, event_store_eraser;
grant update (payload, erased) on event to event_store_eraser;
