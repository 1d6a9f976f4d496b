package dev.hearth.auth.identity;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import java.util.Optional;

public enum AccountState {
    ACTIVE,
    /// Waits for an administrator.
    PENDING,
    DISABLED,
    /// Its owner wants it deleted, and has some days left to keep it.
    LEAVING,
    DELETED;

    /// Why somebody in this state may not come in; empty when they may.
    public Optional<Problem> refusal() {
        return switch (this) {
            case ACTIVE -> Optional.empty();
            case PENDING ->
                Optional.of(new Problem(
                        ProblemType.ACCOUNT_PENDING, "An administrator has to approve the account before it is used."));
            case DISABLED -> Optional.of(new Problem(ProblemType.NOT_AUTHENTICATED, "The account has been disabled."));
            case LEAVING ->
                Optional.of(new Problem(
                        ProblemType.ACCOUNT_LEAVING,
                        "The account is to be deleted. Until then it can be kept: POST /auth/deletion/cancel, or in a"
                                + " browser /auth/login?keep=true."));
            case DELETED -> Optional.of(new Problem(ProblemType.NOT_AUTHENTICATED, "The account has been deleted."));
        };
    }
}
