package dev.hearth.auth.identity;

import dev.hearth.caller.Credential;
import dev.hearth.contracts.Rights;
import dev.hearth.testkit.Identities;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// What happens to accounts, done by the service's own code.
@ApplicationScoped
public class RealIdentities implements Identities {
    private final Accounts accounts;
    private final CookieSessions sessions;
    private final ApiTokens tokens;
    private final Households households;

    RealIdentities(Accounts accounts, CookieSessions sessions, ApiTokens tokens, Households households) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.households = households;
    }

    @Override
    public UUID someone() {
        return met(AccountState.ACTIVE);
    }

    @Override
    public UUID someonePending() {
        return met(AccountState.PENDING);
    }

    private UUID met(AccountState state) {
        var claims = new Claims(Optional.empty(), Optional.empty(), false, Instant.EPOCH);
        return OnVertx.await(() -> accounts.meet(UUID.randomUUID(), claims, state))
                .id();
    }

    @Override
    public void disable(UUID user) {
        become(user, AccountState.DISABLED);
    }

    @Override
    public void enable(UUID user) {
        become(user, AccountState.ACTIVE);
    }

    @Override
    public void delete(UUID user) {
        become(user, AccountState.DELETED);
    }

    private void become(UUID user, AccountState state) {
        OnVertx.await(() -> accounts.change(user, "account-changed", account -> account.become(state)));
    }

    @Override
    public Credential.SessionCookie signIn(UUID user) {
        return OnVertx.await(() -> sessions.start(user, "a test", Optional.empty(), Optional.empty(), Optional.empty()))
                .cookie();
    }

    @Override
    public void end(Credential.SessionCookie session) {
        OnVertx.await(() -> sessions.find(session).flatMap(row -> sessions.end(row.orElseThrow())));
    }

    @Override
    public Credential.ApiToken issue(UUID user, Rights rights, Duration life) {
        var end = Instant.now().plus(life);
        return OnVertx.await(() -> tokens.issue(user, "a test's", rights, end))
                .orElseThrow()
                .secret();
    }

    @Override
    public void withdraw(Credential.ApiToken token) {
        OnVertx.await(() -> tokens.holderOf(token)
                .flatMap(holder -> tokens.revoke(
                        holder.orElseThrow().caller().user().id(), holder.get().id())));
    }

    @Override
    public UUID household(UUID first, UUID... others) {
        var household =
                OnVertx.await(() -> households.create(first, "A test's")).id();
        Arrays.stream(others).forEach(other -> join(household, other));
        return household;
    }

    @Override
    public void join(UUID household, UUID user) {
        OnVertx.await(() -> households.join(household, user, Member.Role.MEMBER));
    }

    @Override
    public void leave(UUID household, UUID user) {
        OnVertx.await(() -> households.remove(user, household, user));
    }

    @Override
    public void endLogin(UUID user, String sid) {
        OnVertx.await(() -> accounts.endLogin(user, sid));
    }

    @Override
    public void endAllLogins(UUID user) {
        OnVertx.await(() -> accounts.change(user, "logins-ended", account -> account.endLogins(Instant.now())));
    }
}
