-- Names that people give to stores of their households. What one of their own stores is called is no such name.
create table store_alias (
    principal  text        not null,
    face       text        not null,
    client_id  text        not null,
    store      uuid        not null references store,
    created_at timestamptz not null default now(),
    primary key (principal, face, client_id)
);

alter table store_alias enable row level security;
alter table store_alias force row level security;
create policy callers_own on store_alias to event_store
    using (principal = any (caller_principals())) with check (principal = any (caller_principals()));

grant select, insert, delete on store_alias to event_store;
grant update (store) on store_alias to event_store;

-- As in V004, and an alias goes first. One whose store the caller does not reach any more opens nothing: a new store of
-- that name would take what was meant for the other.
drop function open_store;
create function open_store(
    p_principals text[], p_owner text, p_face text, p_client_id text, p_kind text, p_private boolean,
    p_placement uuid, p_most int, out created boolean, out reached boolean, out opened store
) language plpgsql as
$$
declare
    v_alias uuid;
begin
    perform set_config('hearth.principals', p_principals::text, true);
    created := false;
    reached := true;
    select a.store into v_alias from store_alias a
        where a.principal = p_owner and a.face = p_face and a.client_id = p_client_id;
    if found then
        select s.* into opened from store s where s.id = v_alias;
        reached := found;
        return;
    end if;
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

-- As in V004, and by name an alias of the first principal's goes first.
create or replace function find_stores(
    p_principals text[], p_id uuid, p_face text, p_client_id text, p_after uuid, p_limit int
) returns setof store language plpgsql as
$$
declare
    v_alias uuid;
begin
    perform set_config('hearth.principals', p_principals::text, true);
    if p_id is not null then
        return query select s.* from store s where s.id = p_id;
    elsif p_face is not null then
        select a.store into v_alias from store_alias a
            where a.principal = p_principals[1] and a.face = p_face and a.client_id = p_client_id;
        if found then
            return query select s.* from store s where s.id = v_alias;
            return;
        end if;
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

-- Outcomes: named, unknown-store, other-face, name-taken, too-many.
create function name_store(
    p_principals text[], p_user text, p_face text, p_client_id text, p_store uuid, p_most int,
    out outcome text, out named store
) language plpgsql as
$$
begin
    perform set_config('hearth.principals', p_principals::text, true);
    select s.* into named from store s where s.id = p_store;
    if not found then
        outcome := 'unknown-store';
    elsif named.face <> p_face then
        outcome := 'other-face';
    elsif exists (select 1 from store s
                      where s.owner = p_user and s.face = p_face and s.client_id = p_client_id and s.id <> p_store) then
        outcome := 'name-taken';
    elsif named.owner = p_user and named.client_id = p_client_id then
        outcome := 'named';
    elsif (select count(*) from store_alias a
               where a.principal = p_user and (a.face, a.client_id) <> (p_face, p_client_id)) >= p_most then
        outcome := 'too-many';
    else
        insert into store_alias (principal, face, client_id, store) values (p_user, p_face, p_client_id, p_store)
            on conflict (principal, face, client_id) do update set store = excluded.store;
        outcome := 'named';
    end if;
end
$$;

create function store_named(p_user text, p_face text, p_client_id text) returns uuid language plpgsql as
$$
begin
    perform set_config('hearth.principals', array [p_user]::text, true);
    return (select a.store from store_alias a
                where a.principal = p_user and a.face = p_face and a.client_id = p_client_id);
end
$$;

create function forget_store_name(p_user text, p_face text, p_client_id text) returns boolean language plpgsql as
$$
begin
    perform set_config('hearth.principals', array [p_user]::text, true);
    delete from store_alias a where a.principal = p_user and a.face = p_face and a.client_id = p_client_id;
    return found;
end
$$;

revoke all on function open_store, name_store, store_named, forget_store_name from public;
grant execute on function open_store, name_store, store_named, forget_store_name to event_store;
