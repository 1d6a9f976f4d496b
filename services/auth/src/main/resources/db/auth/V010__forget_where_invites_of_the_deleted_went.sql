-- As in V007, and with it the address goes where others had invites sent to it. The invites stay: whoever has a code still
-- may use it.
create or replace function delete_account(p_account uuid, p_now timestamptz) returns void
    security definer set search_path = auth language plpgsql as
$$
begin
    delete from invite_mail m using account a where a.id = p_account and lower(m.address) = lower(a.email);
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
