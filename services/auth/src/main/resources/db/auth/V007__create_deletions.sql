-- LEAVING: its deletion was asked for and has not begun.
alter table account drop constraint account_state_check;
alter table account add constraint account_state_check
    check (state in ('ACTIVE', 'PENDING', 'DISABLED', 'LEAVING', 'DELETED'));
-- What is left of who is gone is an id and when that was.
alter table account add constraint deleted_is_blank check (state <> 'DELETED' or (email is null and name is null));

-- An account that is to be deleted, or was. `step` is what is done next; what was done is not done again.
create table deletion (
    account      uuid        not null primary key references account,
    requested_at timestamptz not null,
    due_at       timestamptz not null,
    step         text        not null check (step in ('WAITING', 'LOGINS', 'HOUSEHOLDS', 'STORES', 'ACCOUNT', 'DONE')),
    -- Those that had nobody else, and go too.
    households   uuid[]      not null default '{}',
    -- Until then one process is at it.
    leased_until timestamptz,
    done_at      timestamptz
);
create index deletion_due on deletion (due_at) where step <> 'DONE';

alter table deletion enable row level security;
alter table deletion force row level security;
create policy callers_own on deletion to auth using (is_caller(account)) with check (is_caller(account));
create policy functions_see_all on deletion to auth_owner using (true) with check (true);
grant select, insert, update, delete on deletion to auth;

-- Whoever was deleted stays so, whatever somebody writes who read the row before.
create function stay_deleted() returns trigger language plpgsql as
$$
begin
    return case when old.state = 'DELETED' then old else new end;
end
$$;
create trigger deleted_for_good before update on account for each row execute function stay_deleted();

-- Whether this server would have no administrator without this one. Two who ask at once ask one after the other, each in
-- the transaction in which they leave.
create function is_last_administrator(p_user uuid) returns boolean
    security definer set search_path = auth language plpgsql as
$$
begin
    perform pg_advisory_xact_lock(1212498258, 24932);
    return is_administrator(p_user)
       and not exists (select 1 from account a where a.id <> p_user and a.admin and a.state = 'ACTIVE');
end
$$;

-- The next deletion that is due, for one process until then; empty when there is none, or others are at it.
create function claim_deletion(p_now timestamptz, p_until timestamptz) returns table (account uuid, step text)
    security definer set search_path = auth language sql as
$$
    update deletion d
        set leased_until = p_until, step = case d.step when 'WAITING' then 'LOGINS' else d.step end
        where d.account = (
            select c.account from deletion c
            where c.step <> 'DONE' and c.due_at <= p_now and (c.leased_until is null or c.leased_until <= p_now)
            order by c.due_at limit 1 for update skip locked)
        returning d.account, d.step
$$;

-- Still at it.
create function renew_deletion(p_account uuid, p_step text, p_until timestamptz) returns boolean
    security definer set search_path = auth language plpgsql as
$$
begin
    update deletion d set leased_until = p_until where d.account = p_account and d.step = p_step;
    return found;
end
$$;

-- A step is done; false when somebody else was faster.
create function advance_deletion(p_account uuid, p_from text, p_to text) returns boolean
    security definer set search_path = auth language plpgsql as
$$
begin
    update deletion d set step = p_to where d.account = p_account and d.step = p_from;
    return found;
end
$$;

-- The last step, in one transaction: everything about the person goes, and the last that is told of them says so.
create function delete_account(p_account uuid, p_now timestamptz) returns void
    security definer set search_path = auth language plpgsql as
$$
begin
    update account a
        set state = 'DELETED', email = null, name = null, admin = false, time_zone = 'Etc/UTC', locale = 'en',
            terms_version = null, terms_at = null, age_attested_at = null, told_at = 'epoch', not_before = null
        where a.id = p_account and a.state <> 'DELETED';
    if found then
        insert into identity_event (subject, type, state)
            values ('user:' || p_account, 'account-deleted', '{"state": "deleted"}');
    end if;
    with forgotten as (delete from ended_login l where l.account = p_account returning l.login)
    insert into identity_event (subject, type) select 'login:' || f.login, 'login-forgotten' from forgotten f;
    update deletion d set step = 'DONE', done_at = p_now, leased_until = null
        where d.account = p_account and d.step = 'ACCOUNT';
end
$$;

revoke all on function is_last_administrator, claim_deletion, renew_deletion, advance_deletion, delete_account from public;
grant execute on function is_last_administrator, claim_deletion, renew_deletion, advance_deletion, delete_account to auth;
