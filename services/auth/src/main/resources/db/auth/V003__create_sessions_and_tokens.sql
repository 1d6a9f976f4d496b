-- Of a secret there is its SHA-256 alone. What has ended is deleted.
create table session (
    id            uuid        not null primary key,
    account       uuid        not null references account on delete cascade,
    hash          bytea       not null unique check (length(hash) = 32),
    device        text        not null check (length(device) <= 100),
    -- The login at Keycloak that it came from, if that goes on.
    login         text check (length(login) <= 255),
    created_at    timestamptz not null,
    seen_at       timestamptz not null,
    stepped_up_at timestamptz,
    expires_at    timestamptz not null
);
create index session_by_account on session (account, seen_at);
create index session_by_end on session (expires_at);

create table api_token (
    id         uuid        not null primary key,
    account    uuid        not null references account on delete cascade,
    hash       bytea       not null unique check (length(hash) = 32),
    name       text        not null check (length(name) between 1 and 100),
    can_read   boolean     not null,
    can_write  boolean     not null,
    -- Null: all stores that its user reaches.
    stores     uuid[] check (cardinality(stores) between 1 and 100),
    created_at timestamptz not null,
    used_at    timestamptz,
    expires_at timestamptz not null
);
create index api_token_by_account on api_token (account, created_at);

alter table session enable row level security;
alter table session force row level security;
create policy callers_own on session to auth using (is_caller(account)) with check (is_caller(account));
create policy functions_see_all on session to auth_owner using (true) with check (true);

alter table api_token enable row level security;
alter table api_token force row level security;
create policy callers_own on api_token to auth using (is_caller(account)) with check (is_caller(account));
create policy functions_see_all on api_token to auth_owner using (true) with check (true);

grant select, insert, update, delete on session, api_token to auth;

-- Who holds a secret is asked before anybody is known, so not under a caller: by its hash alone, one row at most.
create function session_of(p_hash bytea) returns table (
    id uuid, account uuid, state text, admin boolean, households uuid[], created_at timestamptz, seen_at timestamptz,
    expires_at timestamptz, stepped_up_at timestamptz, login text
) stable security definer set search_path = auth language sql as
$$
    select s.id, s.account, a.state, a.admin,
           array(select m.household from member m where m.account = s.account),
           s.created_at, s.seen_at, s.expires_at, s.stepped_up_at, s.login
    from session s join account a on a.id = s.account
    where s.hash = p_hash
$$;

create function api_token_of(p_hash bytea) returns table (
    id uuid, account uuid, state text, households uuid[], can_read boolean, can_write boolean, stores uuid[],
    used_at timestamptz, expires_at timestamptz
) stable security definer set search_path = auth language sql as
$$
    select t.id, t.account, a.state,
           array(select m.household from member m where m.account = t.account),
           t.can_read, t.can_write, t.stores, t.used_at, t.expires_at
    from api_token t join account a on a.id = t.account
    where t.hash = p_hash
$$;

create function session_used(p_hash bytea, p_at timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    update session s set seen_at = p_at where s.hash = p_hash and s.seen_at < p_at
$$;

create function api_token_used(p_hash bytea, p_at timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    update api_token t set used_at = p_at where t.hash = p_hash and (t.used_at is null or t.used_at < p_at)
$$;

-- What nobody can use any more.
create function delete_ended(p_at timestamptz, p_idle interval, p_logins_from timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    delete from session s where s.expires_at < p_at or s.seen_at < p_at - p_idle;
    delete from api_token t where t.expires_at < p_at - interval '30 days';
    delete from ended_login l where l.ended_at < p_logins_from;
$$;

revoke all on function session_of, api_token_of, session_used, api_token_used, delete_ended from public;
grant execute on function session_of, api_token_of, session_used, api_token_used, delete_ended to auth;
