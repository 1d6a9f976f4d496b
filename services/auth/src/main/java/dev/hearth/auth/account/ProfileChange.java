package dev.hearth.auth.account;

import dev.hearth.auth.identity.Account;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What a person wants to be otherwise; what is not named stays.
public record ProfileChange(Optional<String> name, Optional<String> timeZone, Optional<String> locale) {
    private static final int MAX_NAME = 100;

    /// The change, once every part of it can be meant.
    Consumer<Account> checked() {
        var newName = name.map(ProfileChange::name);
        var zone = timeZone.map(ProfileChange::zone);
        var language = locale.map(ProfileChange::locale);
        return account -> {
            newName.ifPresent(account::rename);
            zone.ifPresent(account::live);
            language.ifPresent(account::speak);
        };
    }

    private static String name(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A name has 1 to " + MAX_NAME + " characters, all of them visible.");
        }
        return stripped;
    }

    /// Regions alone: an offset does not know about summer.
    private static ZoneId zone(String id) {
        try {
            var zone = ZoneId.of(id);
            if (ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                return zone;
            }
        } catch (DateTimeException unknown) {
            // Said below, as for an offset.
        }
        throw invalid("A time zone is named as in the IANA database, such as \"Europe/Berlin\".");
    }

    private static Locale locale(String tag) {
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            if (!locale.getLanguage().isEmpty() && tag.length() <= 35) {
                return locale;
            }
        } catch (IllformedLocaleException malformed) {
            // Said below, as for an empty one.
        }
        throw invalid("A language is named by a BCP 47 tag, such as \"en-GB\".");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
