-- What row-level security compares with. Empty when the transaction names nobody.
create function caller_principals() returns text[] stable parallel safe language sql
    return nullif(current_setting('hearth.principals', true), '')::text[];

create function is_caller(p_user uuid) returns boolean stable parallel safe language sql
    return 'user:' || p_user = any (caller_principals());

create function is_callers_household(p_household uuid) returns boolean stable parallel safe language sql
    return 'household:' || p_household = any (caller_principals());

-- A person, under Keycloak's id. Keycloak has the password; of address and name this is a copy.
create table account (
    id              uuid        not null primary key,
    state           text        not null check (state in ('ACTIVE', 'PENDING', 'DISABLED', 'DELETED')),
    email           text check (length(email) <= 255),
    name            text check (length(name) <= 255),
    admin           boolean     not null default false,
    time_zone       text        not null check (length(time_zone) <= 64),
    locale          text        not null check (length(locale) <= 35),
    terms_version   text check (length(terms_version) <= 64),
    terms_at        timestamptz,
    age_attested_at timestamptz,
    -- When the newest token was issued that told address, name and administrator.
    told_at         timestamptz not null,
    -- Access tokens issued up to here no longer count.
    not_before      timestamptz,
    created_at      timestamptz not null
);

create table household (
    id         uuid        not null primary key,
    name       text        not null check (length(name) between 1 and 100),
    created_at timestamptz not null
);

create table member (
    household uuid        not null references household on delete cascade,
    account   uuid        not null references account on delete cascade,
    role      text        not null check (role in ('ADMIN', 'MEMBER')),
    joined_at timestamptz not null,
    primary key (household, account)
);
create index member_by_account on member (account);

-- A login at Keycloak that was ended before its tokens: they do not count any more.
create table ended_login (
    login    text        not null primary key check (length(login) <= 255),
    account  uuid        not null references account on delete cascade,
    ended_at timestamptz not null
);

alter table account enable row level security;
alter table account force row level security;
create policy callers_own on account to auth using (is_caller(id)) with check (is_caller(id));
create policy functions_see_all on account to auth_owner using (true) with check (true);

alter table household enable row level security;
alter table household force row level security;
create policy callers_own on household to auth
    using (is_callers_household(id)) with check (is_callers_household(id));
create policy functions_see_all on household to auth_owner using (true) with check (true);

alter table member enable row level security;
alter table member force row level security;
create policy callers_own on member to auth
    using (is_caller(account) or is_callers_household(household)) with check (is_callers_household(household));
create policy functions_see_all on member to auth_owner using (true) with check (true);

alter table ended_login enable row level security;
alter table ended_login force row level security;
create policy callers_own on ended_login to auth using (is_caller(account)) with check (is_caller(account));
create policy functions_see_all on ended_login to auth_owner using (true) with check (true);

grant select, insert, update on account to auth;
grant select, insert, update, delete on household, member to auth;
grant select, insert on ended_login to auth;
