-- The stores that a view has anything of, in whichever build. Tells ids and owners alone.
create function kept_stores(p_view text, p_after uuid, p_limit int) returns table (store uuid, owner text)
    stable security definer set search_path = projection language sql as
$$
    select distinct c.store, c.owner from checkpoint c
        where c.view = p_view and (p_after is null or c.store > p_after) order by c.store limit p_limit
$$;

revoke all on function kept_stores from public;
grant execute on function kept_stores to projection;
