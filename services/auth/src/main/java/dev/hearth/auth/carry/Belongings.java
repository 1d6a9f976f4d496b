package dev.hearth.auth.carry;

import dev.hearth.auth.carry.Archive.Household;
import dev.hearth.auth.carry.Archive.OwnStore;
import dev.hearth.auth.carry.Archive.Profile;
import dev.hearth.auth.carry.Archive.Session;
import dev.hearth.auth.carry.Archive.SharedStore;
import dev.hearth.auth.carry.Archive.Token;
import dev.hearth.auth.identity.Account;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.ApiTokens;
import dev.hearth.auth.identity.CookieSession;
import dev.hearth.auth.identity.CookieSessions;
import dev.hearth.auth.identity.Households;
import dev.hearth.auth.identity.IssuedToken;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.GivenName;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreNames;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// All that somebody has here, but for events.
@ApplicationScoped
class Belongings {
    private static final int STORES_PER_PAGE = 500;

    /// `stores` are as they stood when this was asked: what comes later is not of this archive.
    record All(
            Profile profile,
            List<Token> tokens,
            List<Session> sessions,
            List<Household> households,
            List<Archive.Alias> aliases,
            List<Store> stores) {

        List<OwnStore> ownStores() {
            return stores.stream()
                    .map(store -> new OwnStore(
                            store.id().value(),
                            store.name().face(),
                            store.name().clientId(),
                            store.kind(),
                            store.isPrivate(),
                            store.generation().value(),
                            store.head().value(),
                            store.createdAt(),
                            Archive.eventsOf(store.id().value())))
                    .toList();
        }
    }

    private final Accounts accounts;
    private final ApiTokens tokens;
    private final CookieSessions sessions;
    private final Households households;
    private final EventLog log;
    private final StoreNames names;

    Belongings(
            Accounts accounts,
            ApiTokens tokens,
            CookieSessions sessions,
            Households households,
            EventLog log,
            StoreNames names) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.households = households;
        this.log = log;
        this.names = names;
    }

    Uni<All> of(Caller caller) {
        var user = caller.user().id();
        return accounts.find(user)
                .map(Belongings::profile)
                .flatMap(profile -> tokens.list(user)
                        .flatMap(issued -> sessions.list(user)
                                .flatMap(signedIn -> households
                                        .list(user)
                                        .flatMap(belonging -> names.given(caller)
                                                .flatMap(given -> stores(caller)
                                                        .map(stores -> new All(
                                                                profile,
                                                                issued.stream()
                                                                        .map(Belongings::token)
                                                                        .toList(),
                                                                signedIn.stream()
                                                                        .map(session -> session(session, sessions))
                                                                        .toList(),
                                                                belonging.stream()
                                                                        .map(one -> household(one, stores))
                                                                        .toList(),
                                                                given.stream()
                                                                        .map(Belongings::alias)
                                                                        .toList(),
                                                                owned(stores, caller.user()))))))));
    }

    private Uni<List<Store>> stores(Caller caller) {
        return stores(caller, Optional.empty(), new ArrayList<>());
    }

    private Uni<List<Store>> stores(Caller caller, Optional<StoreId> after, List<Store> soFar) {
        return log.list(caller, after, STORES_PER_PAGE).flatMap(page -> {
            soFar.addAll(page);
            return page.size() < STORES_PER_PAGE
                    ? Uni.createFrom().item(soFar)
                    : stores(caller, Optional.of(page.getLast().id()), soFar);
        });
    }

    private static List<Store> owned(List<Store> stores, Principal owner) {
        return stores.stream().filter(store -> store.owner().equals(owner)).toList();
    }

    private static Profile profile(Optional<Account> found) {
        var account =
                found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "The account is not known here."));
        return new Profile(
                account.id(),
                account.email(),
                account.name(),
                account.timeZone(),
                account.locale(),
                account.termsVersion(),
                account.termsAt(),
                account.ageAttestedAt(),
                account.createdAt());
    }

    private static Token token(IssuedToken token) {
        var rights = token.rights();
        return new Token(
                token.id(),
                token.name(),
                rights.read(),
                rights.write(),
                rights.stores()
                        .map(some -> some.stream().map(StoreId::value).sorted().toList()),
                token.createdAt(),
                token.usedAt(),
                token.expiresAt());
    }

    private static Session session(CookieSession session, CookieSessions sessions) {
        return new Session(
                session.id(),
                session.device(),
                session.createdAt(),
                session.seenAt(),
                sessions.limits().endUnused(session.seenAt(), session.expiresAt()));
    }

    private static Household household(Households.Belonging belonging, List<Store> stores) {
        var household = belonging.household();
        return new Household(
                household.id(),
                household.name(),
                belonging.role().name().toLowerCase(Locale.ROOT),
                household.createdAt(),
                owned(stores, Principal.household(household.id())).stream()
                        .map(store -> shared(store, household.id()))
                        .toList());
    }

    private static SharedStore shared(Store store, UUID household) {
        return new SharedStore(
                store.id().value(), store.name().face(), store.name().clientId(), store.kind(), household);
    }

    private static Archive.Alias alias(GivenName given) {
        return new Archive.Alias(
                given.name().face(), given.name().clientId(), given.store().value());
    }
}
