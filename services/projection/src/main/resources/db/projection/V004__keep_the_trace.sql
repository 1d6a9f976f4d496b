-- The trace of the request that appended a parked event, as the logs have it; null where nobody told.
alter table parked add column trace text;

-- The parked events of the live build, of one trace or of all (null), the latest first. Tells ids and numbers, the kind
-- of failure and its place in the code, and the trace; never a stream's or an event's name: those are their writer's words.
create function latest_parked(p_view text, p_trace text, p_limit int)
    returns table (store uuid, generation bigint, sequence bigint, reason text, trace text, parked_at timestamptz)
    stable security definer set search_path = projection language sql as
$$
    select p.store, p.generation, p.sequence, p.reason, p.trace, p.parked_at
        from build b join parked p on p.view = b.view and p.build = b.number
        where b.view = p_view and b.state = 'live' and (p_trace is null or p.trace = p_trace)
        order by p.parked_at desc, p.store, p.generation desc, p.sequence desc limit p_limit
$$;

revoke all on function latest_parked from public;
grant execute on function latest_parked to projection;
