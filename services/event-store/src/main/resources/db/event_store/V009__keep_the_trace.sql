-- The trace of the request that appended an event: W3C's `traceparent`. Null where nobody told, and before there was one.
alter table event add column traceparent text;

-- The functions of V003, V005 and V008 with that column. Whoever does not name it yet, calls them as before.
drop function append, append_many, read_store;

-- One append is one call of this function, and one transaction. Outcomes:
--   appended        sequences, known and differs speak of the events in the order given
--   unknown-store   the caller's principals own no such store
--   locked          detail: the fence's epoch
--   wrong-head      nothing was appended
--   wrong-revision  detail: the stream's revision, 0 without a stream; nothing was appended
--   alias           detail: the place (from 1) of the event whose alias does not ascend; nothing was appended
create function append(
    p_principals   text[],
    p_store        uuid,
    p_actor        text,
    p_expect       text,
    p_expect_value bigint,
    p_expect_stream text,
    p_vault        uuid,
    p_epoch        bigint,
    p_event_id     text[],
    p_stream       text[],
    p_type         text[],
    p_payload      bytea[],
    p_content_type text[],
    p_private      boolean[],
    p_alias        bigint[],
    p_device       text[],
    p_session      text[],
    p_correlation  text[],
    p_causation    text[],
    p_occurred_at  timestamptz[],
    p_attributes   text[],
    p_traceparent  text default null,
    out outcome    text,
    out generation bigint,
    out head       bigint,
    out head_alias bigint,
    out detail     bigint,
    out sequences  bigint[],
    out known      boolean[],
    out differs    boolean[]
) language plpgsql as
$$
declare
    v_count    int := cardinality(p_event_id);
    v_distinct int;
    v_known    int;
    v_leading  int := 0;
    v_start    bigint;
    v_bad      bigint;
    v_locked   boolean := false;
begin
    perform set_config('hearth.principals', p_principals::text, true);
    select s.generation, s.head, s.head_alias into generation, head, head_alias
        from store s where s.id = p_store for update;
    if not found then
        outcome := 'unknown-store';
        return;
    end if;
    perform set_config('hearth.store', p_store::text, true);

    -- Shared with other appends, exclusive with a lock: no append commits after the lock it did not see. A retry of
    -- what stands already is answered as the first time, locked or not.
    if p_vault is not null then
        select f.epoch into detail from fence f where f.vault = p_vault for share;
        v_locked := detail is null or detail > p_epoch;
    end if;

    select array_agg(e.sequence order by u.place),
           array_agg(e.sequence is not null order by u.place),
           array_agg(case when e.sequence is null then false else e.payload_hash <> sha256(u.payload) end
                     order by u.place),
           count(e.sequence), count(distinct u.id)
        into sequences, known, differs, v_known, v_distinct
        from unnest(p_event_id, p_payload) with ordinality u (id, payload, place)
        left join event e on e.store = p_store and e.generation = append.generation and e.event_id = u.id;

    if v_known < v_count and v_locked then
        outcome := 'locked';
        detail := coalesce(detail, 0);
        return;
    end if;
    detail := null;

    if v_known < v_count then
        while known[v_leading + 1] loop
            v_leading := v_leading + 1;
        end loop;

        -- Known events at the front that stand right after the expected place move the expectation on.
        if p_expect in ('head', 'alias') then
            if p_expect = 'head' then
                v_start := p_expect_value;
            elsif p_expect_value = head_alias then
                v_start := head;
            elsif p_expect_value = 0 then
                v_start := 0;
            else
                select e.sequence into v_start from event e
                    where e.store = p_store and e.generation = append.generation and e.alias = p_expect_value;
            end if;
            for place in 1 .. v_leading loop
                exit when sequences[place] <> v_start + 1;
                v_start := v_start + 1;
            end loop;
            if v_start is distinct from head then
                outcome := 'wrong-head';
                return;
            end if;
        elsif p_expect in ('no-stream', 'stream-exists', 'revision') then
            select coalesce(max(e.revision), 0) into detail from event e
                where e.store = p_store and e.generation = append.generation and e.stream = p_expect_stream;
            if p_expect = 'stream-exists' then
                v_start := case when detail > 0 then detail else -1 end;
            else
                v_start := case when p_expect = 'revision' then p_expect_value else 0 end;
                select v_start + count(*) into v_start from (
                    select e.revision, row_number() over (order by e.sequence) as place from event e
                        where e.store = p_store and e.generation = append.generation
                          and e.stream = p_expect_stream and e.sequence = any (sequences[1 : v_leading])) k
                    where k.revision = v_start + k.place;
            end if;
            if v_start <> detail then
                outcome := 'wrong-revision';
                return;
            end if;
            detail := null;
        end if;

        select min(a.place) into v_bad from (
            select u.place, u.alias,
                   max(u.alias) over (order by u.place rows between unbounded preceding and 1 preceding) as previous
                from (select i.*, row_number() over (partition by i.id order by i.place) as occurrence
                        from unnest(p_event_id, p_alias, known) with ordinality i (id, alias, known, place)
                        where not i.known) u
                where u.occurrence = 1) a
            where a.alias <= greatest(a.previous, append.head_alias);
        if v_bad is not null then
            outcome := 'alias';
            detail := v_bad;
            return;
        end if;

        with incoming as materialized (
            select u.*, row_number() over (order by u.place) as nth from (
                select i.*, row_number() over (partition by i.id order by i.place) as occurrence
                    from unnest(p_event_id, p_stream, p_type, p_payload, p_content_type, p_private, p_alias, p_device,
                                p_session, p_correlation, p_causation, p_occurred_at, p_attributes, known)
                        with ordinality i (id, stream, type, payload, content_type, private, alias, device, session,
                                           correlation, causation, occurred_at, attributes, known, place)
                    where not i.known) u
                where u.occurrence = 1
        ), base as (
            select d.stream, coalesce((select max(e.revision) from event e
                    where e.store = p_store and e.generation = append.generation and e.stream = d.stream), 0) as revision
                from (select distinct stream from incoming) d
        ), inserted as (
            insert into event (store, generation, sequence, stream, revision, alias, type, event_id, payload,
                               payload_hash, content_type, private, actor, device, session, correlation, causation,
                               occurred_at, attributes, traceparent)
            select p_store, append.generation, append.head + n.nth, n.stream,
                   b.revision + row_number() over (partition by n.stream order by n.nth), n.alias, n.type, n.id,
                   n.payload, sha256(n.payload), n.content_type, n.private, p_actor, n.device, n.session,
                   n.correlation, n.causation, n.occurred_at, n.attributes::jsonb, p_traceparent
                from incoming n join base b on b.stream = n.stream order by n.nth
            returning event.sequence, event.alias, octet_length(event.payload) as size
        )
        update store s set
                head = i.head, bytes = s.bytes + i.size, appended_at = now(),
                head_alias = greatest(s.head_alias, i.alias)
            from (select max(sequence) as head, max(alias) as alias, sum(size) as size from inserted) i
            where s.id = p_store
            returning s.head, s.head_alias into head, head_alias;

        if v_known = 0 and v_distinct = v_count then
            sequences := array(select generate_series(head - v_count + 1, head));
        else
            select array_agg(e.sequence order by u.place),
                   array_agg(u.known or u.occurrence > 1 order by u.place),
                   array_agg((u.known or u.occurrence > 1) and e.payload_hash <> sha256(u.payload) order by u.place)
                into sequences, known, differs
                from (select i.*, row_number() over (partition by i.id order by i.place) as occurrence
                        from unnest(p_event_id, p_payload, known) with ordinality i (id, payload, known, place)) u
                join event e on e.store = p_store and e.generation = append.generation and e.event_id = u.id;
        end if;
    end if;
    outcome := 'appended';
end
$$;

-- Appends of one caller to any of their stores, in one transaction: events nobody has sent before, which expect nothing
-- and have no aliases. The events of a store get the sequences up to the head that is returned, in the order given.
-- A store that is not returned got nothing and goes the long way, `append`: the caller has no such store, or one of the
-- events stands already. An event's id comes once a store. No plan depends on statistics, as these tables grow faster
-- than statistics are taken.
create function append_many(
    p_principals   text[],
    p_actor        text,
    p_store        uuid[],
    p_event_id     text[],
    p_stream       text[],
    p_type         text[],
    p_payload      bytea[],
    p_content_type text[],
    p_private      boolean[],
    p_device       text[],
    p_session      text[],
    p_correlation  text[],
    p_causation    text[],
    p_occurred_at  timestamptz[],
    p_attributes   text[],
    p_traceparent  text[] default null
) returns table (store uuid, generation bigint, head bigint, head_alias bigint)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as
$$
#variable_conflict use_column
declare
    v_stores      uuid[];
    v_generations bigint[];
    v_heads       bigint[];
    v_known       uuid[];
begin
    perform set_config('hearth.principals', p_principals::text, true);
    -- In one order, so that two of these never wait for each other.
    select array_agg(s.id), array_agg(s.generation), array_agg(s.head) into v_stores, v_generations, v_heads
        from (select l.id, l.generation, l.head from store l where l.id = any (p_store) order by l.id for update) s;
    if v_stores is null then
        return;
    end if;
    perform set_config('hearth.stores', v_stores::text, true);

    v_known := array(
        select s.store
            from unnest(p_store, p_event_id) u (store, id)
            join unnest(v_stores, v_generations) s (store, generation) on s.store = u.store
            join event e on e.store = u.store and e.generation = s.generation and e.event_id = u.id);

    return query
        with incoming as materialized (
            select u.*, s.generation, s.head + row_number() over (partition by u.store order by u.place) as sequence,
                   row_number() over (partition by u.store, u.stream order by u.place) as nth
                from unnest(p_store, p_event_id, p_stream, p_type, p_payload, p_content_type, p_private, p_device,
                            p_session, p_correlation, p_causation, p_occurred_at, p_attributes, p_traceparent)
                    with ordinality u (store, id, stream, type, payload, content_type, private, device, session,
                                       correlation, causation, occurred_at, attributes, traceparent, place)
                join unnest(v_stores, v_generations, v_heads) s (store, generation, head) on s.store = u.store
                where u.store <> all (v_known)
        ), base as materialized (
            select f.store, f.stream, coalesce(
                    (select e.revision from event e
                        where e.store = f.store and e.generation = f.generation and e.stream = f.stream
                        order by e.revision desc limit 1), 0) as revision
                from incoming f where f.nth = 1
        ), inserted as (
            insert into event (store, generation, sequence, stream, revision, type, event_id, payload, payload_hash,
                               content_type, private, actor, device, session, correlation, causation, occurred_at,
                               attributes, traceparent)
            select n.store, n.generation, n.sequence, n.stream, b.revision + n.nth, n.type, n.id, n.payload,
                   sha256(n.payload), n.content_type, n.private, p_actor, n.device, n.session, n.correlation,
                   n.causation, n.occurred_at, n.attributes::jsonb, n.traceparent
                from incoming n join base b on b.store = n.store and b.stream = n.stream order by n.place
        )
        update store s set head = i.head, bytes = s.bytes + i.size, appended_at = now()
            from (select n.store, max(n.sequence) as head, sum(octet_length(n.payload)) as size
                    from incoming n group by n.store) i
            where s.id = i.store
            returning s.id, s.generation, s.head, s.head_alias;
end
$$;

-- A page: first one row that tells of the store, then a row an event in the order read, one past the limit if there is
-- one. `total` counts the events that fit `p_limit`, before `p_max_bytes` cut the page. No row: the caller has no such
-- store. A generation that is not the current one gives the store's row alone.
create function read_store(
    p_principals text[], p_id uuid, p_generation bigint, p_stream text, p_cursor bigint, p_backward boolean,
    p_limit int, p_max_bytes bigint
) returns table (
    owner text, face text, client_id text, kind text, store_private boolean, generation bigint, head bigint,
    head_alias bigint, created_at timestamptz,
    total bigint, sequence bigint, stream text, revision bigint, alias bigint, type text, event_id text, payload bytea,
    content_type text, private boolean, erased boolean, actor text, device text, session text, correlation text,
    causation text, occurred_at timestamptz, recorded_at timestamptz, attributes text, traceparent text
) language plpgsql as
$$
#variable_conflict use_column
declare
    v_generation bigint;
    v_head       bigint;
begin
    perform set_config('hearth.principals', p_principals::text, true);
    select s.owner, s.face, s.client_id, s.kind, s.private, s.generation, s.head, s.head_alias, s.created_at
        into owner, face, client_id, kind, store_private, v_generation, v_head, head_alias, created_at
        from store s where s.id = p_id;
    if not found then
        return;
    end if;
    generation := v_generation;
    head := v_head;
    return next;
    if p_generation is not null and p_generation <> v_generation then
        return;
    end if;
    perform set_config('hearth.store', p_id::text, true);
    -- Only one of the four parts runs. Up to the head just read, so that page and store are of one moment.
    return query
        select null::text, null::text, null::text, null::text, null::boolean, null::bigint, null::bigint, null::bigint,
               null::timestamptz, p.total, p.sequence, p.stream, p.revision, p.alias, p.type, p.event_id, p.payload,
               p.content_type, p.private, p.erased, p.actor, p.device, p.session, p.correlation, p.causation,
               p.occurred_at, p.recorded_at, p.attributes::text, p.traceparent
            from (
                select e.*, count(*) over () as total,
                       row_number() over (order by e.place) as nth,
                       sum(octet_length(e.payload)) over (order by e.place) as size
                    from (
                        (select x.*, x.sequence as place from event x
                            where p_stream is null and not p_backward and x.store = p_id
                              and x.generation = v_generation and x.sequence > p_cursor and x.sequence <= v_head
                            order by x.sequence limit p_limit + 1)
                        union all
                        (select x.*, -x.sequence from event x
                            where p_stream is null and p_backward and x.store = p_id
                              and x.generation = v_generation and x.sequence < p_cursor and x.sequence <= v_head
                            order by x.sequence desc limit p_limit + 1)
                        union all
                        (select x.*, x.sequence from event x
                            where not p_backward and x.store = p_id and x.generation = v_generation
                              and x.stream = p_stream and x.revision > p_cursor and x.sequence <= v_head
                            order by x.revision limit p_limit + 1)
                        union all
                        (select x.*, -x.sequence from event x
                            where p_backward and x.store = p_id and x.generation = v_generation
                              and x.stream = p_stream and x.revision < p_cursor and x.sequence <= v_head
                            order by x.revision desc limit p_limit + 1)
                    ) e
            ) p
            where p.size <= p_max_bytes or p.nth = 1
            order by p.place;
end
$$;

revoke all on function append, append_many, read_store from public;
grant execute on function append, append_many, read_store to event_store;
