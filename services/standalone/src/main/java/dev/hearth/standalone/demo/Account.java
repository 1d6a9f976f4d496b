package dev.hearth.standalone.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The final account: what devices said they wrote, against what the server kept.
record Account(int written, int kept, String digest) {
    /// Fails unless every event that a device reported is kept exactly once, nothing is kept that nobody wrote, and all
    /// have the same history.
    static Account settle(History log, List<Device> devices) {
        Set<String> kept = new HashSet<>();
        for (String key : log.keys()) {
            if (!kept.add(key)) {
                throw new DemoFailed("kept twice: " + key);
            }
        }
        List<String> written = new ArrayList<>();
        Set<String> attempted = new HashSet<>();
        for (Device device : devices) {
            written.addAll(device.written());
            attempted.addAll(device.attempted());
            agree(device.name(), device.history(), log);
        }
        demandNone("lost", written.stream().filter(key -> !kept.contains(key)).toList());
        demandNone(
                "written by nobody",
                kept.stream().filter(key -> !attempted.contains(key)).toList());
        return new Account(written.size(), log.size(), log.digest());
    }

    private static void agree(String device, History history, History log) {
        if (!history.digest().equals(log.digest())) {
            throw new DemoFailed(device + " has " + history.size() + " events (" + history.digest()
                    + "), the server has " + log.size() + " (" + log.digest() + ")");
        }
    }

    private static void demandNone(String fault, List<String> keys) {
        if (!keys.isEmpty()) {
            throw new DemoFailed(keys.size() + " events are " + fault + ", the first is " + keys.getFirst());
        }
    }
}
