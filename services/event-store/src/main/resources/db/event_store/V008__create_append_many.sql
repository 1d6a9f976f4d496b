-- What row-level security compares with where events of several stores are written together.
create function current_stores() returns uuid[] stable parallel safe language sql as
$$
    select coalesce(nullif(current_setting('hearth.stores', true), '')::uuid[], array[current_store()])
$$;

-- Looked up once a statement, not once a row.
alter policy one_store on event
    using (store = any ((select current_stores())::uuid[]))
    with check (store = any ((select current_stores())::uuid[]));

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
    p_attributes   text[]
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
                            p_session, p_correlation, p_causation, p_occurred_at, p_attributes)
                    with ordinality u (store, id, stream, type, payload, content_type, private, device, session,
                                       correlation, causation, occurred_at, attributes, place)
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
                               attributes)
            select n.store, n.generation, n.sequence, n.stream, b.revision + n.nth, n.type, n.id, n.payload,
                   sha256(n.payload), n.content_type, n.private, p_actor, n.device, n.session, n.correlation,
                   n.causation, n.occurred_at, n.attributes::jsonb
                from incoming n join base b on b.store = n.store and b.stream = n.stream order by n.place
        )
        update store s set head = i.head, bytes = s.bytes + i.size, appended_at = now()
            from (select n.store, max(n.sequence) as head, sum(octet_length(n.payload)) as size
                    from incoming n group by n.store) i
            where s.id = i.store
            returning s.id, s.generation, s.head, s.head_alias;
end
$$;

revoke all on function append_many from public;
grant execute on function append_many to event_store;
