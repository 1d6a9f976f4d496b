-- Blanks up to p_limit payloads of a generation that was retired; the answer is how many. Hashes stay.
create function erase_generation(p_store uuid, p_generation bigint, p_limit int) returns int language plpgsql as
$$
declare
    v_count int;
begin
    perform 1 from retired_generation r where r.store = p_store and r.generation = p_generation;
    if not found then
        raise exception 'a generation is retired before it is erased' using errcode = 'HE001';
    end if;
    update event e set payload = '', erased = true
        where e.store = p_store and e.generation = p_generation and e.sequence in (
            select x.sequence from event x
                where x.store = p_store and x.generation = p_generation and not x.erased
                order by x.sequence limit p_limit);
    get diagnostics v_count = row_count;
    if v_count < p_limit then
        update retired_generation r set erased_at = now() where r.store = p_store and r.generation = p_generation;
    end if;
    return v_count;
end
$$;

-- The generations that have been retired for so long that their payloads may go.
create function erasable_generations(p_retired_before timestamptz, p_limit int)
    returns table (store uuid, generation bigint) stable language sql as
$$
    select r.store, r.generation from retired_generation r
        where r.erased_at is null and r.retired_at < p_retired_before order by r.retired_at limit p_limit
$$;

revoke all on function erase_generation, erasable_generations from public;
grant execute on function erase_generation, erasable_generations to event_store_eraser;
