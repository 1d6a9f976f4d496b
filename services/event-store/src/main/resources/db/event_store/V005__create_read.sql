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
    causation text, occurred_at timestamptz, recorded_at timestamptz, attributes text
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
               p.occurred_at, p.recorded_at, p.attributes::text
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

-- The log in transaction order, beyond a place and no further than the oldest running transaction. Internal: it tells
-- of all stores, to the roles that may read them all.
create function read_log(p_xid xid8, p_position bigint, p_limit int)
    returns table (store uuid, generation bigint, sequence bigint, xid xid8, "position" bigint)
    stable language sql as
$$
    select e.store, e.generation, e.sequence, e.xid, e.position from event e
        where (e.xid, e.position) > (p_xid, p_position) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid, e.position limit p_limit
$$;

revoke all on function read_store, read_log from public;
grant execute on function read_store to event_store;
grant execute on function read_log to event_store_relay;
