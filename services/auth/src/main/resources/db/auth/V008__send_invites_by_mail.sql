-- The e-mail by which an invite goes to somebody, beside the invite. Of its code there is a copy until the message was
-- sent or given up: the serving role writes it, and reads it by the function of whoever sends alone.
create table invite_mail (
    invite    uuid        not null primary key references invite on delete cascade,
    household uuid        not null references household on delete cascade,
    address   text        not null check (length(address) <= 255),
    code      text        check (length(code) = 16),
    state     text        not null default 'WAITING' check (state in ('WAITING', 'SENT', 'FAILED')),
    attempts  int         not null default 0,
    -- Nobody tries before.
    due_at    timestamptz not null,
    constraint the_code_only_while_it_waits check ((state = 'WAITING') = (code is not null))
);
create index invite_mail_due on invite_mail (due_at) where state = 'WAITING';

-- When somebody made an invite: whoever makes too many has to wait.
create table invite_made (
    account uuid        not null references account on delete cascade,
    at      timestamptz not null
);
create index invite_made_by_account on invite_made (account, at);

alter table invite_mail enable row level security;
alter table invite_mail force row level security;
create policy callers_own on invite_mail to auth
    using (is_callers_household(household)) with check (is_callers_household(household));
create policy functions_see_all on invite_mail to auth_owner using (true) with check (true);
grant select (invite, household, address, state), insert (invite, household, address, code, due_at)
    on invite_mail to auth;

alter table invite_made enable row level security;
alter table invite_made force row level security;
create policy callers_own on invite_made to auth using (is_caller(account)) with check (is_caller(account));
create policy functions_see_all on invite_made to auth_owner using (true) with check (true);
grant select, insert on invite_made to auth;

-- The next message that is due, for one process until then; none of an invite that is no longer good.
create function take_invite_mail(p_now timestamptz, p_until timestamptz) returns table (
    invite uuid, attempt int, address text, code text, household_name text, inviter_name text, expires_at timestamptz
) security definer set search_path = auth language sql as
$$
    update invite_mail m set due_at = p_until, attempts = m.attempts + 1
    from invite i join household h on h.id = i.household left join account a on a.id = i.created_by
    where i.id = m.invite
      and m.invite = (
        select w.invite from invite_mail w join invite o on o.id = w.invite
        where w.state = 'WAITING' and w.due_at <= p_now and o.used_at is null and o.expires_at > p_now
        order by w.due_at limit 1 for update of w skip locked)
    returning m.invite, m.attempts, m.address, m.code, h.name, a.name, i.expires_at
$$;

-- What became of it; of the secret nothing stays.
create function invite_mail_became(p_invite uuid, p_state text) returns void
    security definer set search_path = auth language sql as
$$
    update invite_mail m set state = p_state, code = null where m.invite = p_invite and m.state = 'WAITING'
$$;

-- To be tried again then, unless somebody else has taken it meanwhile.
create function invite_mail_waits(p_invite uuid, p_attempt int, p_due timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    update invite_mail m set due_at = p_due
    where m.invite = p_invite and m.attempts = p_attempt and m.state = 'WAITING'
$$;

-- With an invite's end the address goes too, and what was not sent is given up.
create function forget_invite_mails(p_now timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    delete from invite_mail m using invite i
    where i.id = m.invite and (i.used_at is not null or i.expires_at <= p_now);
    delete from invite_made m where m.at < p_now - interval '1 day';
$$;

revoke all on function take_invite_mail, invite_mail_became, invite_mail_waits, forget_invite_mails from public;
grant execute on function take_invite_mail, invite_mail_became, invite_mail_waits, forget_invite_mails to auth;
