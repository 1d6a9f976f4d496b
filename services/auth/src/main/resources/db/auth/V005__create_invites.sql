-- A code lets one person into a household, once. Of the code there is its SHA-256 alone.
create table invite (
    id         uuid        not null primary key,
    household  uuid        not null references household on delete cascade,
    hash       bytea       not null unique check (length(hash) = 32),
    role       text        not null check (role in ('ADMIN', 'MEMBER')),
    created_by uuid        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    used_by    uuid
);
create index invite_by_household on invite (household, created_at);

alter table invite enable row level security;
alter table invite force row level security;
create policy callers_own on invite to auth
    using (is_callers_household(household)) with check (is_callers_household(household));
create policy functions_see_all on invite to auth_owner using (true) with check (true);
grant select, insert, update, delete on invite to auth;

-- What a code is good for, told to whoever knows it.
create function invite_of(p_hash bytea) returns table (
    id uuid, household uuid, household_name text, expires_at timestamptz, used_at timestamptz
) stable security definer set search_path = auth language sql as
$$
    select i.id, i.household, h.name, i.expires_at, i.used_at
    from invite i join household h on h.id = i.household
    where i.hash = p_hash
$$;

-- What members see of each other: what they are called. Nothing for who is no member.
create function members_of(p_user uuid, p_household uuid) returns table (
    account uuid, name text, role text, joined_at timestamptz
) stable security definer set search_path = auth language sql as
$$
    select m.account, a.name, m.role, m.joined_at
    from member m join account a on a.id = m.account
    where m.household = p_household
      and exists (select 1 from member self where self.household = p_household and self.account = p_user)
    order by m.joined_at, m.account
$$;

-- Tells how an account stands now; also of one that the transaction does not see, as when somebody is taken out of a
-- household.
create function tell_of_account(p_user uuid, p_type text) returns setof int
    security definer set search_path = auth language sql as
$$
    insert into identity_event (subject, type, state)
    select 'user:' || a.id, p_type, jsonb_strip_nulls(jsonb_build_object(
        'state', lower(a.state), 'admin', a.admin, 'timeZone', a.time_zone, 'locale', a.locale,
        'households', (select coalesce(jsonb_agg(m.household order by m.household), '[]')
                       from member m where m.account = a.id),
        'notBefore', to_char(a.not_before at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
    from account a where a.id = p_user
    returning 1
$$;

revoke all on function invite_of, members_of, tell_of_account from public;
grant execute on function invite_of, members_of, tell_of_account to auth;
