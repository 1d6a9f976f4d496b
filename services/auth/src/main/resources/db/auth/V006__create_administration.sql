-- Who did what to which id; never what it was about.
create table audit (
    id      bigint      not null generated always as identity primary key,
    at      timestamptz not null default now(),
    actor   text,
    action  text        not null,
    subject text        not null
);
create index audit_by_time on audit (at);

alter table audit enable row level security;
alter table audit force row level security;
create policy functions_see_all on audit to auth_owner using (true) with check (true);

-- Every change is told, so every change is noted: under the administrator who makes it for somebody, else under the
-- caller.
create function note_in_audit() returns trigger security definer set search_path = auth language plpgsql as
$$
begin
    insert into audit (actor, action, subject)
        values (coalesce(nullif(current_setting('hearth.actor', true), ''),
                         (select p from unnest(caller_principals()) p where p like 'user:%' limit 1)),
                new.type, new.subject);
    return null;
end
$$;
create trigger noted after insert on identity_event for each row execute function note_in_audit();

create function is_administrator(p_user uuid) returns boolean
    stable security definer set search_path = auth language sql as
$$
    select exists (select 1 from account a where a.id = p_user and a.admin and a.state = 'ACTIVE')
$$;

-- What administrators see of accounts; nobody else gets a row.
create function accounts_for(p_admin uuid, p_after uuid, p_search text, p_limit int) returns table (
    id uuid, email text, name text, state text, admin boolean, created_at timestamptz, seen_at timestamptz,
    sessions bigint, tokens bigint
) stable security definer set search_path = auth language sql as
$$
    select a.id, a.email, a.name, a.state, a.admin, a.created_at,
           (select max(s.seen_at) from session s where s.account = a.id),
           (select count(*) from session s where s.account = a.id),
           (select count(*) from api_token t where t.account = a.id)
    from account a
    where is_administrator(p_admin) and (p_after is null or a.id > p_after)
      and (p_search is null or strpos(lower(a.email), lower(p_search)) > 0
           or strpos(lower(a.name), lower(p_search)) > 0)
    order by a.id limit p_limit
$$;

create function audit_for(p_admin uuid, p_before bigint, p_limit int) returns table (
    id bigint, at timestamptz, actor text, action text, subject text
) stable security definer set search_path = auth language sql as
$$
    select a.id, a.at, a.actor, a.action, a.subject from audit a
    where is_administrator(p_admin) and (p_before is null or a.id < p_before)
    order by a.id desc limit p_limit
$$;

create function figures_for(p_admin uuid) returns table (
    accounts bigint, active bigint, pending bigint, disabled bigint, sessions bigint, tokens bigint, households bigint
) stable security definer set search_path = auth language sql as
$$
    select count(*), count(*) filter (where a.state = 'ACTIVE'), count(*) filter (where a.state = 'PENDING'),
           count(*) filter (where a.state = 'DISABLED'), (select count(*) from session),
           (select count(*) from api_token), (select count(*) from household)
    from account a
    where a.state <> 'DELETED'
    having is_administrator(p_admin)
$$;

-- As before, and tells what has ended, so that the copy does not keep it for ever.
create or replace function delete_ended(p_at timestamptz, p_idle interval, p_logins_from timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    with ended as (
        delete from session s where s.expires_at < p_at or s.seen_at < p_at - p_idle returning s.id)
    insert into identity_event (subject, type) select 'session:' || e.id, 'session-ended' from ended e;
    with ended as (
        delete from api_token t where t.expires_at < p_at - interval '30 days' returning t.id)
    insert into identity_event (subject, type) select 'token:' || e.id, 'token-revoked' from ended e;
    with ended as (
        delete from ended_login l where l.ended_at < p_logins_from returning l.login)
    insert into identity_event (subject, type) select 'login:' || e.login, 'login-forgotten' from ended e;
    delete from audit a where a.at < p_at - interval '1 year';
$$;

revoke all on function is_administrator, accounts_for, audit_for, figures_for from public;
grant execute on function accounts_for, audit_for, figures_for to auth;
