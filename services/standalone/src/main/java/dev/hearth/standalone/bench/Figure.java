package dev.hearth.standalone.bench;

/// One row of the table.
///
/// @param what what was done
/// @param measured what Hearth did, with its unit
/// @param beside the raw limit or what it is compared with, of the same run
/// @param goal what it should be; empty if there is none
/// @param met whether it is; meaningless without a goal
public record Figure(String what, String measured, String beside, String goal, boolean met) {
    static Figure plain(String what, String measured, String beside) {
        return new Figure(what, measured, beside, "", true);
    }

    String verdict() {
        return goal.isEmpty() ? "" : met ? "yes" : "no";
    }
}
