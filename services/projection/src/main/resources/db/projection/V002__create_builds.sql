-- One making of a view. Its rows, in the view's own table, carry the number. It is built beside the live one, becomes
-- the live one, is retired by the next, and then its rows go. Tells of no tenant.
create table build (
    view         text        not null,
    number       int         not null,
    version      int         not null,
    state        text        not null check (state in ('building', 'live', 'retired')),
    -- How far its sweep over all stores has come, by store id.
    swept_to     uuid,
    stores_swept bigint      not null default 0,
    events_swept bigint      not null default 0,
    -- What there was to sweep when it began.
    stores       bigint,
    events       bigint,
    started_at   timestamptz not null default now(),
    live_at      timestamptz,
    primary key (view, number)
);
create unique index one_live_build on build (view) where state = 'live';
create unique index one_building_build on build (view) where state = 'building';

-- How far each store was folded in a build: written with the rows, in their transaction.
create table checkpoint (
    view       text   not null,
    build      int    not null,
    store      uuid   not null,
    owner      text   not null,
    generation bigint not null default 1 check (generation > 0),
    sequence   bigint not null default 0 check (sequence >= 0),
    primary key (view, build, store)
)
-- It moves with each run of events: room on the page keeps that away from the index.
with (fillfactor = 50);

-- Events that were left out of a build, each with the reason. The copy for the dead-letter topic is sent from here.
create table parked (
    view       text        not null,
    build      int         not null,
    store      uuid        not null,
    generation bigint      not null,
    sequence   bigint      not null,
    owner      text        not null,
    stream     text        not null,
    revision   bigint      not null,
    event_id   text        not null,
    reason     text        not null,
    parked_at  timestamptz not null default now(),
    sent       boolean     not null default false,
    primary key (view, build, store, generation, sequence)
);
create index parked_unsent on parked (view, build) where not sent;

-- What row-level security compares with. Empty when the transaction names nobody.
create function caller_principals() returns text[] stable parallel safe language sql
    return nullif(current_setting('hearth.principals', true), '')::text[];

alter table checkpoint enable row level security;
alter table checkpoint force row level security;
create policy callers_own on checkpoint to projection
    using (owner = any (caller_principals())) with check (owner = any (caller_principals()));
create policy builds_are_compared on checkpoint to projection_owner using (true);

alter table parked enable row level security;
alter table parked force row level security;
create policy callers_own on parked to projection
    using (owner = any (caller_principals())) with check (owner = any (caller_principals()));
create policy builds_are_counted on parked to projection_owner using (true);

grant select, insert, update on build to projection;
grant select, insert, update, delete on checkpoint, parked to projection;

-- Whoever folds holds it shared, whoever changes which build is live holds it alone.
create function view_lock(p_view text) returns bigint immutable parallel safe language sql
    return hashtextextended('hearth.projection.' || p_view, 0);

-- Locks one store in the builds of this code's version, the live one first. HP001: newer code has the view.
create function open_store(p_view text, p_version int, p_store uuid, p_owner text)
    returns table (number int, live boolean, generation bigint, sequence bigint, parked text[])
    language plpgsql as
$$
#variable_conflict use_column
begin
    perform pg_advisory_xact_lock_shared(view_lock(p_view));
    -- The latest build counts: an older version may be told to take a view back.
    perform 1 from (select b.version from build b where b.view = p_view and b.state <> 'retired'
        order by b.number desc limit 1) latest where latest.version > p_version;
    if found then
        raise exception 'a newer version of this code has the view' using errcode = 'HP001';
    end if;
    insert into checkpoint (view, build, store, owner)
        select p_view, b.number, p_store, p_owner from build b
            where b.view = p_view and b.version = p_version and b.state <> 'retired'
        on conflict do nothing;
    return query select c.build, b.state = 'live', c.generation, c.sequence,
               array(select distinct p.stream from parked p
                   where p.view = p_view and p.build = c.build and p.store = p_store)
        from build b join checkpoint c on c.view = b.view and c.build = b.number and c.store = p_store
        where b.view = p_view and b.version = p_version and b.state <> 'retired'
        order by b.state = 'live' desc, c.build
        for update of c;
end
$$;

-- Begins a build, unless a sufficient one is live or in the making already; a making of older code is given up.
create function begin_build(p_view text, p_version int, p_anew boolean) returns void language plpgsql as
$$
begin
    perform pg_advisory_xact_lock(view_lock(p_view));
    perform 1 from build b where b.view = p_view and b.version >= p_version
        and (b.state = 'building' or b.state = 'live' and not p_anew);
    if found then
        return;
    end if;
    update build b set state = 'retired' where b.view = p_view and b.state = 'building';
    insert into build (view, number, version, state)
        select p_view, coalesce(max(b.number), 0) + 1, p_version, 'building' from build b where b.view = p_view;
end
$$;

-- Which of these stores a build has not folded up to here. Tells numbers alone.
create function stores_behind(p_view text, p_build int, p_stores uuid[], p_generations bigint[], p_heads bigint[])
    returns setof uuid stable security definer set search_path = projection language sql as
$$
    select w.store from unnest(p_stores, p_generations, p_heads) w (store, generation, head)
        left join checkpoint c on c.view = p_view and c.build = p_build and c.store = w.store
        where (coalesce(c.generation, 1), coalesce(c.sequence, 0)) < (w.generation, w.head)
$$;

-- Stores of which the live build knows more than this one.
create function stores_behind_live(p_view text, p_build int, p_limit int)
    returns setof uuid stable security definer set search_path = projection language sql as
$$
    select o.store from build l
        join checkpoint o on o.view = l.view and o.build = l.number
        left join checkpoint n on n.view = o.view and n.build = p_build and n.store = o.store
        where l.view = p_view and l.state = 'live'
          and (coalesce(n.generation, 1), coalesce(n.sequence, 0)) < (o.generation, o.sequence)
        limit p_limit
$$;

-- Makes a build the live one, unless the live one knows more: nobody who asks shall see a view go back. Whoever folds
-- waits meanwhile; it waits for them no longer than this.
create function make_live(p_view text, p_build int) returns boolean
    security definer set search_path = projection set lock_timeout = '2s' language plpgsql as
$$
begin
    perform pg_advisory_xact_lock(view_lock(p_view));
    perform 1 from stores_behind_live(p_view, p_build, 1);
    if found then
        return false;
    end if;
    perform 1 from build b where b.view = p_view and b.number = p_build and b.state = 'building';
    if found then
        update build b set state = 'retired' where b.view = p_view and b.state = 'live';
        update build b set state = 'live', live_at = now() where b.view = p_view and b.number = p_build;
    end if;
    return true;
end
$$;

-- Removes up to so many of a retired build's checkpoints and parked events, and at last the build itself.
create function drop_build(p_view text, p_build int, p_limit int) returns int
    security definer set search_path = projection language plpgsql as
$$
declare
    v_parked      int;
    v_checkpoints int;
begin
    perform 1 from build b where b.view = p_view and b.number = p_build and b.state = 'retired';
    if not found then
        return 0;
    end if;
    delete from parked x where x.ctid = any (array(
        select p.ctid from parked p where p.view = p_view and p.build = p_build limit p_limit));
    get diagnostics v_parked = row_count;
    delete from checkpoint x where x.ctid = any (array(
        select c.ctid from checkpoint c where c.view = p_view and c.build = p_build limit p_limit));
    get diagnostics v_checkpoints = row_count;
    if v_parked + v_checkpoints = 0 then
        delete from build b where b.view = p_view and b.number = p_build;
    end if;
    return v_parked + v_checkpoints;
end
$$;

-- Stores with parked events in the live build, and how many events that is. Tells numbers alone.
create function parked_stores(p_view text, p_limit int) returns table (store uuid, events bigint)
    stable security definer set search_path = projection language sql as
$$
    select p.store, count(*) from build b join parked p on p.view = b.view and p.build = b.number
        where b.view = p_view and b.state = 'live' group by p.store order by p.store limit p_limit
$$;

-- Where parked events of the live build stand that were not sent yet. Tells numbers alone.
create function unsent_parked(p_view text, p_limit int)
    returns table (build int, store uuid, generation bigint, sequence bigint)
    stable security definer set search_path = projection language sql as
$$
    select p.build, p.store, p.generation, p.sequence
        from build b join parked p on p.view = b.view and p.build = b.number
        where b.view = p_view and b.state = 'live' and not p.sent
        order by p.store, p.generation, p.sequence limit p_limit
$$;

revoke all on function open_store, begin_build, stores_behind, stores_behind_live, make_live, drop_build, parked_stores,
    unsent_parked from public;
grant execute on function open_store, begin_build, stores_behind, stores_behind_live, make_live, drop_build,
    parked_stores, unsent_parked to projection;
