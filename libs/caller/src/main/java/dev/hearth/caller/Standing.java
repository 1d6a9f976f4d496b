package dev.hearth.caller;

import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import java.util.Set;

/// How the user of an access token stands.
public sealed interface Standing {

    /// They may call, as themselves and as a member of these households.
    record InOrder(Set<Principal> households) implements Standing {
        public InOrder {
            households = Set.copyOf(households);
        }
    }

    /// They may not: the account is pending, disabled or deleted, the login has ended, or the token is older than
    /// the last time all logins were ended.
    record Refused(ProblemType why, String detail) implements Standing {}
}
