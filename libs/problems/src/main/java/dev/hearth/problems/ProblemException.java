package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import java.util.Map;

/// A refusal on its way out of an endpoint.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        // Expected outcomes have no stack.
        super(problem.problemType() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemType type, String detail) {
        this(new Problem(type, detail));
    }

    public ProblemException(ProblemType type, String detail, Map<String, Object> extensions) {
        this(new Problem(type, detail, extensions));
    }

    public Problem problem() {
        return problem;
    }
}
