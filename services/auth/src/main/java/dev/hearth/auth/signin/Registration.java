package dev.hearth.auth.signin;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.keycloak.Password;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/// What somebody posts who wants an account. `acceptedTerms` names the terms they accept, `oldEnough` attests their
/// age, `invite` is the code of an invite; which of them are needed differs from server to server.
public record Registration(
        String email,
        String password,
        Optional<String> name,
        Optional<String> device,
        Optional<String> timeZone,
        Optional<String> locale,
        Optional<String> acceptedTerms,
        boolean oldEnough,
        Optional<String> invite) {
    private static final int MAX_NAME = 100;

    String checkedEmail() {
        return Credentials.email(email);
    }

    Password checkedPassword() {
        return Credentials.password(password);
    }

    Optional<String> checkedName() {
        return name.map(String::strip).filter(text -> !text.isEmpty()).map(text -> {
            if (text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
                throw invalid("A name has at most " + MAX_NAME + " characters, all of them visible.");
            }
            return text;
        });
    }

    /// A browser that tells a zone we do not know must not keep anybody out.
    Optional<ZoneId> knownZone() {
        return timeZone.filter(ZoneId.getAvailableZoneIds()::contains).flatMap(id -> {
            try {
                return Optional.of(ZoneId.of(id));
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        });
    }

    Optional<Locale> knownLocale() {
        return locale.map(Locale::forLanguageTag)
                .filter(found -> !found.getLanguage().isEmpty());
    }

    /// Accepting is an act: it names what is accepted.
    void checkConsent(AuthConfig config) {
        if (config.termsVersion().isPresent() && !config.termsVersion().equals(acceptedTerms)) {
            throw new ProblemException(
                    ProblemType.TERMS_NOT_ACCEPTED,
                    "Send \"acceptedTerms\": \"" + config.termsVersion().get()
                            + "\" when the person has read and accepted them.");
        }
        if (config.minimumAge() > 0 && !oldEnough) {
            throw invalid("Send \"oldEnough\": true when the person has said that they are at least "
                    + config.minimumAge() + ".");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }

    @Override
    public String toString() {
        return "Registration[hidden]";
    }
}
