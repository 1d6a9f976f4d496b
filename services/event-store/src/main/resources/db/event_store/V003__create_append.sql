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
                               occurred_at, attributes)
            select p_store, append.generation, append.head + n.nth, n.stream,
                   b.revision + row_number() over (partition by n.stream order by n.nth), n.alias, n.type, n.id,
                   n.payload, sha256(n.payload), n.content_type, n.private, p_actor, n.device, n.session,
                   n.correlation, n.causation, n.occurred_at, n.attributes::jsonb
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

revoke all on function append from public;
grant execute on function append to event_store;
