package dev.hearth.standalone.sweep;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Somebody, their credentials, and what is theirs.
final class Person {
    final String email;
    final Map<Id, String> ids = new EnumMap<>(Id.class);
    String cookie = "";
    String accessToken = "";
    String refreshToken = "";
    String idToken = "";

    Person(String name) {
        this.email = name + "-" + UUID.randomUUID().toString().substring(0, 8) + "@sweep.example";
        ids.put(Id.EMAIL, email);
        ids.put(Id.PASSWORD, Scene.PASSWORD);
        ids.put(Id.VIEW, "usage");
        ids.put(Id.NEW_EMAIL, "new-" + UUID.randomUUID() + "@sweep.example");
    }

    UUID uuid(Id id) {
        return UUID.fromString(ids.get(id));
    }

    /// What stands in every row that is theirs.
    List<String> marks() {
        return ids.entrySet().stream()
                .filter(id -> id.getKey().isMark())
                .map(Map.Entry::getValue)
                .toList();
    }

    UUID id() {
        return UUID.fromString(ids.get(Id.USER));
    }

    String bearer() {
        return "Bearer " + accessToken;
    }

    /// `${STORE}` and so on, filled with these ids.
    static String filled(String template, Map<Id, String> ids) {
        var text = template;
        for (Map.Entry<Id, String> id : ids.entrySet()) {
            text = text.replace("${" + id.getKey() + "}", id.getValue());
        }
        if (text.contains("${")) {
            throw new IllegalArgumentException("nothing to put into " + text);
        }
        return text;
    }
}
