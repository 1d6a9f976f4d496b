grant usage on schema event_store to event_store, event_store_relay, event_store_eraser;

-- A store is found under its owner only: two people may both have a store of one name, and nobody can probe for one.
create table store (
    id          uuid        not null default uuidv7() primary key,
    owner       text        not null,
    face        text        not null,
    client_id   text        not null,
    kind        text        not null,
    private     boolean     not null,
    placement   uuid        not null,
    generation  bigint      not null default 1 check (generation > 0),
    head        bigint      not null default 0 check (head >= 0),
    head_alias  bigint      not null default 0,
    bytes       bigint      not null default 0,
    created_at  timestamptz not null default now(),
    appended_at timestamptz,
    unique (owner, face, client_id)
)
-- The head moves at each append: room on the page keeps those updates away from the indexes.
with (fillfactor = 50);

-- Histories that were replaced; their payloads wait here for the eraser.
create table retired_generation (
    store      uuid        not null references store,
    generation bigint      not null,
    retired_at timestamptz not null default now(),
    erased_at  timestamptz,
    primary key (store, generation)
);

-- Appends to a vault that saw an earlier epoch are refused.
create table fence (
    vault uuid   not null primary key,
    epoch bigint not null
);

-- What row-level security compares with. Empty when the transaction names nobody.
create function caller_principals() returns text[] stable parallel safe language sql
    return nullif(current_setting('hearth.principals', true), '')::text[];

create function current_store() returns uuid stable parallel safe language sql
    return nullif(current_setting('hearth.store', true), '')::uuid;

alter table store enable row level security;
alter table store force row level security;
create policy callers_own on store to event_store
    using (owner = any (caller_principals())) with check (owner = any (caller_principals()));
create policy heads_are_told on store for select to event_store_owner using (true);
create policy relay_reads_all on store for select to event_store_relay using (true);
create policy eraser_reads_all on store for select to event_store_eraser using (true);

alter table retired_generation enable row level security;
alter table retired_generation force row level security;
create policy callers_own on retired_generation to event_store
    using (store = current_store()) with check (store = current_store());
create policy eraser_does_all on retired_generation to event_store_eraser using (true) with check (true);
create policy owner_reads_all on retired_generation for select to event_store_owner using (true);

grant select, insert on store to event_store;
grant update (generation, head, head_alias, bytes, appended_at) on store to event_store;
grant select, insert on retired_generation to event_store;
grant select, insert, update on fence to event_store;
grant select on store to event_store_relay, event_store_eraser;
grant select on retired_generation to event_store_eraser;
grant update (erased_at) on retired_generation to event_store_eraser;
