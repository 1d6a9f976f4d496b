package dev.hearth.auth.identity;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Rules about who belongs to a household.
final class Membership {
    private Membership() {}

    static Optional<Member> of(List<Member> members, UUID user) {
        return members.stream().filter(member -> member.account().equals(user)).findFirst();
    }

    /// A household that others stay in keeps an administrator when this one is none any more.
    static void checkAdminStays(List<Member> members, UUID leaving) {
        if (losesItsAdmin(members, leaving)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Make somebody else an administrator of the household first.");
        }
    }

    /// Whether others stay, and none of them is an administrator.
    static boolean losesItsAdmin(List<Member> members, UUID leaving) {
        var others = others(members, leaving);
        return !others.isEmpty() && others.stream().noneMatch(member -> member.role() == Member.Role.ADMIN);
    }

    static List<Member> others(List<Member> members, UUID leaving) {
        return members.stream()
                .filter(member -> !member.account().equals(leaving))
                .toList();
    }
}
