-- A store whose owner is gone for good. To everybody it looks as missing, and what anybody worded in it is blanked.
alter table store add column closed_at timestamptz;
-- How far a generation of a closed store has been blanked; generations have no holes.
alter table retired_generation add column blanked_to bigint not null default 0;
alter table retired_generation add column blanked_at timestamptz;

drop policy callers_own on store;
create policy callers_own on store to event_store
    using (closed_at is null and owner = any (caller_principals()))
    with check (closed_at is null and owner = any (caller_principals()));
-- Nobody who keeps a copy gets it any more, and the relay does not publish of it what Kafka has lost.
drop policy relay_reads_all on store;
create policy relay_reads_all on store for select to event_store_relay using (closed_at is null);
create policy eraser_closes on store for update to event_store_eraser using (true) with check (closed_at is not null);
create policy eraser_does_all on store_alias to event_store_eraser using (true) with check (true);

grant update (closed_at, client_id, kind, generation, head, head_alias, bytes) on store to event_store_eraser;
grant insert (store, generation), update (blanked_to, blanked_at) on retired_generation to event_store_eraser;
grant select, delete on store_alias to event_store_eraser;
-- What it has blanked already it may blank further, and write nothing.
drop policy eraser_blanks on event;
create policy eraser_blanks on event for update to event_store_eraser
    using (true) with check (erased and payload = '');
grant update (stream, revision, type, event_id, content_type, device, session, correlation, causation, occurred_at,
              attributes, traceparent) on event to event_store_eraser;

create index retired_unblanked on retired_generation (store, generation) where blanked_at is null;

-- One step of taking away what an owner has: the first closes their stores and forgets their names, each later one
-- blanks up to p_limit events. Payloads, names, types and everything else that a client has worded go; hashes, numbers and
-- whose subject wrote stay. True when nothing is left. Whatever stops it, it goes on; two at once wait for each other.
create function erase_owner(p_owner text, p_limit int) returns boolean language plpgsql as
$$
declare
    v_store      uuid;
    v_generation bigint;
    v_from       bigint;
    v_count      int;
begin
    delete from store_alias a where a.principal = p_owner;
    with closed as (
        update store s
            set closed_at = now(), client_id = s.id::text, kind = 'closed', generation = s.generation + 1, head = 0,
                head_alias = 0, bytes = 0
            where s.owner = p_owner and s.closed_at is null
            returning s.id, s.generation - 1 as ended)
    insert into retired_generation (store, generation) select c.id, c.ended from closed c;
    if found then
        return false;
    end if;

    select r.store, r.generation, r.blanked_to into v_store, v_generation, v_from
        from store s join retired_generation r on r.store = s.id
        where s.owner = p_owner and r.blanked_at is null
        order by r.store, r.generation limit 1 for update of r;
    if not found then
        return true;
    end if;
    -- No client can have a stream without a name.
    update event e
        set payload = '', erased = true, stream = '', revision = e.sequence, type = 'erased',
            event_id = gen_random_uuid()::text, content_type = '', device = null, session = null, correlation = null,
            causation = null, occurred_at = null, attributes = null, traceparent = null
        where e.store = v_store and e.generation = v_generation
          and e.sequence > v_from and e.sequence <= v_from + p_limit;
    get diagnostics v_count = row_count;
    update retired_generation r
        set blanked_to = v_from + v_count, blanked_at = case when v_count < p_limit then now() end
        where r.store = v_store and r.generation = v_generation;
    return false;
end
$$;

-- Those of the stores that are closed, told to those who keep copies.
create function closed_stores(p_ids uuid[]) returns setof uuid
    stable security definer set search_path = event_store language sql as
$$
    select s.id from store s where s.id = any (p_ids) and s.closed_at is not null
$$;

-- As in V004; a closed one is none.
create or replace function store_heads(p_ids uuid[]) returns table (id uuid, generation bigint, head bigint)
    stable security definer set search_path = event_store language sql as
$$
    select s.id, s.generation, s.head from store s where s.id = any (p_ids) and s.closed_at is null
$$;

-- The names that somebody gave to stores of others.
create function store_names(p_user text) returns table (face text, client_id text, store uuid) language plpgsql as
$$
begin
    perform set_config('hearth.principals', array [p_user]::text, true);
    return query select a.face, a.client_id, a.store from store_alias a
        where a.principal = p_user order by a.face, a.client_id;
end
$$;

revoke all on function erase_owner, closed_stores, store_names from public;
grant execute on function erase_owner to event_store_eraser;
grant execute on function closed_stores to event_store_relay;
grant execute on function store_names to event_store;
