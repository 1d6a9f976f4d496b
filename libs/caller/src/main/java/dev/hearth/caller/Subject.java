package dev.hearth.caller;

import dev.hearth.contracts.Principal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// What a change of identity is about: `user:<uuid>`, `household:<uuid>`, `session:<uuid>`, `token:<uuid>` or
/// `login:<sid>`.
public record Subject(String value) {
    public static Subject of(Principal principal) {
        return new Subject(principal.toString());
    }

    public static Subject session(UUID id) {
        return new Subject("session:" + id);
    }

    public static Subject token(UUID id) {
        return new Subject("token:" + id);
    }

    /// A login at Keycloak, under its `sid`.
    public static Subject login(String sid) {
        return new Subject("login:" + sid);
    }

    /// All that this answer hangs on: a change of it comes with one of these.
    public static Set<Subject> behind(Holder holder) {
        var subjects = new HashSet<Subject>();
        holder.caller().principals().forEach(principal -> subjects.add(of(principal)));
        subjects.add(
                switch (holder.kind()) {
                    case SESSION -> session(holder.id());
                    case API_TOKEN -> token(holder.id());
                });
        return subjects;
    }

    /// All that this answer hangs on: a change of it comes with one of these.
    public static Set<Subject> behind(TokenHolder holder, Standing.InOrder standing) {
        var subjects = new HashSet<Subject>();
        subjects.add(of(Principal.user(holder.user())));
        standing.households().forEach(household -> subjects.add(of(household)));
        holder.login().map(Subject::login).ifPresent(subjects::add);
        return subjects;
    }

    @Override
    public String toString() {
        return value;
    }
}
