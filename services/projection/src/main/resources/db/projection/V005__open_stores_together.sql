-- Locks stores in the builds of this code's version, a store's live one first: `open_store` for many at once. Always in
-- the stores' order: two who open some of the same wait for each other, and never crosswise. HP001: newer code has the
-- view.
create function open_stores(p_view text, p_version int, p_stores uuid[], p_owners text[])
    returns table (store uuid, number int, live boolean, generation bigint, sequence bigint, parked text[])
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
        select p_view, b.number, o.store, o.owner
            from unnest(p_stores, p_owners) o (store, owner) cross join build b
            where b.view = p_view and b.version = p_version and b.state <> 'retired'
            order by o.store, b.number
        on conflict do nothing;
    return query select c.store, c.build, b.state = 'live', c.generation, c.sequence,
               array(select distinct p.stream from parked p
                   where p.view = p_view and p.build = c.build and p.store = c.store)
        from build b join checkpoint c on c.view = b.view and c.build = b.number and c.store = any (p_stores)
        where b.view = p_view and b.version = p_version and b.state <> 'retired'
        order by c.store, b.state = 'live' desc, c.build
        for update of c;
end
$$;

drop function open_store;

revoke all on function open_stores from public;
grant execute on function open_stores to projection;
