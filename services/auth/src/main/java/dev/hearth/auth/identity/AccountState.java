package dev.hearth.auth.identity;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import java.util.Optional;

public enum AccountState {
    ACTIVE,
    /// Waits for an administrator.
    PENDING,
    DISABLED,
    DELETED;

    /// Why somebody in this state may not come in; empty when they may.
    public Optional<Problem> refusal() {
        return switch (this) {
            case ACTIVE -> Optional.empty();
            case PENDING ->
                Optional.of(new Problem(
                        ProblemType.ACCOUNT_PENDING, "An administrator has to approve the account before it is used."));
            case DISABLED -> Optional.of(new Problem(ProblemType.NOT_AUTHENTICATED, "The account has been disabled."));
            case DELETED -> Optional.of(new Problem(ProblemType.NOT_AUTHENTICATED, "The account has been deleted."));
        };
    }
}
