-- Every event asked for its store once more, which the functions that insert hold locked anyway; that was a fifth of what
-- an event of a batch cost.
alter table event drop constraint event_store_fkey;

-- Appends of one caller to any of their stores, in one transaction: events nobody has sent before, which expect nothing
-- and have no aliases. The events of a store get the sequences up to the head that is returned, in the order given.
-- A store that is not returned got nothing and goes the long way, `append`: the caller has no such store, or one of the
-- events stands already. An event's id comes once a store. No plan depends on statistics, as these tables grow faster
-- than statistics are taken: in the tables it looks row by row through an index, and what it has in hand it joins by
-- hashing, so that twice the events cost twice the time.
create or replace function append_many(
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
language plpgsql set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as
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
            where (select true from event e
                where e.store = u.store and e.generation = s.generation and e.event_id = u.id));

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
            where s.id = any (v_stores) and s.id = i.store
            returning s.id, s.generation, s.head, s.head_alias;
end
$$;

-- A page: first one row that tells of the store, then a row an event in the order read, one past the limit if there is
-- one. `total` counts the events that fit `p_limit`, before `p_max_bytes` cut the page. No row: the caller has no such
-- store. A generation that is not the current one gives the store's row alone.
create or replace function read_store(
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
    -- Forward in a store without holes nothing has to be counted, and most pages are that. Up to the head just read, so
    -- that page and store are of one moment.
    if p_stream is null and not p_backward then
        return query
            select null::text, null::text, null::text, null::text, null::boolean, null::bigint, null::bigint,
                   null::bigint, null::timestamptz, least(v_head - p_cursor, p_limit + 1), p.sequence, p.stream,
                   p.revision, p.alias, p.type, p.event_id, p.payload, p.content_type, p.private, p.erased, p.actor,
                   p.device, p.session, p.correlation, p.causation, p.occurred_at, p.recorded_at, p.attributes::text,
                   p.traceparent
                from (
                    select x.*, sum(octet_length(x.payload))
                               over (order by x.sequence rows unbounded preceding) as size
                        from event x
                        where x.store = p_id and x.generation = v_generation and x.sequence > p_cursor
                          and x.sequence <= p_cursor + least(v_head - p_cursor, p_limit + 1)
                ) p
                where p.size <= p_max_bytes or p.sequence = p_cursor + 1
                order by p.sequence;
        return;
    end if;
    -- Only one of the three parts runs.
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
                        (select x.*, -x.sequence as place from event x
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
