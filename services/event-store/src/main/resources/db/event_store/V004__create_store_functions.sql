-- Finds or creates a store. Two at once give one store: the loser waits for the winner's row and then reads it.
create function open_store(
    p_principals text[], p_owner text, p_face text, p_client_id text, p_kind text, p_private boolean,
    p_placement uuid, p_most int, out created boolean, out opened store
) language plpgsql as
$$
begin
    perform set_config('hearth.principals', p_principals::text, true);
    created := false;
    select s.* into opened from store s where s.owner = p_owner and s.face = p_face and s.client_id = p_client_id;
    if found then
        return;
    end if;
    if (select count(*) from (select 1 from store s where s.owner = p_owner limit p_most) few) >= p_most then
        return;
    end if;
    insert into store (owner, face, client_id, kind, private, placement)
        values (p_owner, p_face, p_client_id, p_kind, p_private, p_placement)
        on conflict (owner, face, client_id) do nothing
        returning * into opened;
    created := found;
    if not found then
        select s.* into opened from store s where s.owner = p_owner and s.face = p_face and s.client_id = p_client_id;
    end if;
end
$$;

-- The caller's stores that fit; null stands for any.
create function find_stores(
    p_principals text[], p_id uuid, p_face text, p_client_id text, p_after uuid, p_limit int
) returns setof store language plpgsql as
$$
begin
    perform set_config('hearth.principals', p_principals::text, true);
    if p_id is not null then
        return query select s.* from store s where s.id = p_id;
    elsif p_face is not null then
        -- The caller's own store goes before one of a household.
        return query select s.* from store s
            where s.owner = any (p_principals) and s.face = p_face and s.client_id = p_client_id
            order by array_position(p_principals, s.owner) limit p_limit;
    else
        return query select s.* from store s
            where s.owner = any (p_principals) and (p_after is null or s.id > p_after) order by s.id limit p_limit;
    end if;
end
$$;

-- Starts a new generation, unless somebody else has moved on from `p_generation` already.
create function reset_store(p_principals text[], p_id uuid, p_generation bigint)
    returns setof store language plpgsql as
$$
begin
    perform set_config('hearth.principals', p_principals::text, true);
    perform 1 from store s where s.id = p_id and s.generation = p_generation for update;
    if found then
        perform set_config('hearth.store', p_id::text, true);
        insert into retired_generation (store, generation) values (p_id, p_generation);
        update store s set generation = s.generation + 1, head = 0, head_alias = 0, bytes = 0 where s.id = p_id;
    end if;
    return query select s.* from store s where s.id = p_id;
end
$$;

-- Where stores end. Tells nothing but numbers, to waiters that were let in under their caller before.
create function store_heads(p_ids uuid[]) returns table (id uuid, generation bigint, head bigint)
    stable security definer set search_path = event_store language sql as
$$
    select s.id, s.generation, s.head from store s where s.id = any (p_ids)
$$;

-- Locks a vault out. Waits for the appends that hold the fence; the ones that come later read the new epoch.
create function raise_fence(p_vault uuid, p_epoch bigint) returns bigint language sql as
$$
    insert into fence as f (vault, epoch) values (p_vault, p_epoch)
        on conflict (vault) do update set epoch = greatest(f.epoch, excluded.epoch)
        returning epoch
$$;

revoke all on function open_store, find_stores, reset_store, store_heads, raise_fence from public;
grant execute on function open_store, find_stores, reset_store, store_heads, raise_fence to event_store;
