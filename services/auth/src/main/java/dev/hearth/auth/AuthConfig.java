package dev.hearth.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Limits and times of auth, and who may come in.
@ConfigMapping(prefix = "auth")
public interface AuthConfig {
    /// Who may make an account. People whom an administrator adds always may.
    @WithDefault("invited")
    Registration registration();

    /// Whether people may come by sign-in at Google, Apple or Microsoft.
    @WithDefault("false")
    boolean social();

    /// The terms that hold now, by their name, such as `2026-11`. Without it nobody is asked.
    Optional<String> termsVersion();

    /// Youngest age that a newcomer has to attest; 0: nobody is asked.
    @WithDefault("0")
    int minimumAge();

    Session session();

    Token token();

    Guessing guessing();

    Invites invites();

    Mail mail();

    Deletion deletion();

    Carry carry();

    Relay relay();

    enum Registration {
        /// Whoever comes.
        OPEN,
        /// Whoever comes, once an administrator has approved.
        APPROVAL,
        /// Who has an invite.
        INVITED,
        CLOSED
    }

    /// Sessions kept in a cookie.
    interface Session {
        /// A session that nobody used for so long has ended.
        @WithDefault("30d")
        Duration idle();

        /// No session lasts longer.
        @WithDefault("90d")
        Duration longest();

        /// Its use is noted once in such a time.
        @WithDefault("1m")
        Duration noted();

        /// So long after the password was given are sensitive acts allowed.
        @WithDefault("10m")
        Duration stepUp();

        /// Sessions of one account; the one unused for longest makes room.
        @WithDefault("50")
        int most();
    }

    /// API tokens.
    interface Token {
        /// API tokens of one account.
        @WithDefault("50")
        int most();

        /// No API token is good for longer.
        @WithDefault("366d")
        Duration longest();

        /// How long one is good when nothing is said.
        @WithDefault("90d")
        Duration usual();
    }

    /// What makes guessing passwords and addresses slow.
    interface Guessing {
        /// Refusals are answered at multiples of this after the request came, so that their time tells nothing.
        @WithDefault("1s")
        Duration beat();

        /// Passwords one address may try a minute, whatever the account.
        @WithDefault("30")
        int loginsPerMinute();

        /// Accounts one address may try to register an hour.
        @WithDefault("20")
        int registrationsPerHour();
    }

    /// How accounts are deleted.
    interface Deletion {
        /// So long after they have asked for it, people can keep their account.
        @WithDefault("7d")
        Duration grace();

        /// How often it looks for accounts whose time has come.
        @WithDefault("1m")
        Duration interval();

        /// When one that was begun and not finished is taken up again.
        @WithDefault("5m")
        Duration lease();
    }

    /// Invites into households.
    interface Invites {
        /// Invites that one user may make in an hour, in all households.
        @WithDefault("30")
        int perHour();
    }

    /// Invites that are sent by e-mail. By which server, `quarkus.mailer` says.
    interface Mail {
        /// Off: whoever invites hands the link over.
        @WithDefault("false")
        boolean enabled();

        /// How long a quiet process waits before it looks again.
        @WithDefault("2s")
        Duration pollInterval();

        /// So long one process has a message before another takes it.
        @WithDefault("2m")
        Duration lease();

        /// After the first time that a message was not taken; each later pause is twice as long.
        @WithDefault("10s")
        Duration firstPause();

        @WithDefault("1h")
        Duration longestPause();

        default Duration pauseAfter(int attempt) {
            var pause = firstPause().multipliedBy(1L << Math.min(attempt - 1, 20));
            return pause.compareTo(longestPause()) > 0 ? longestPause() : pause;
        }
    }

    /// How accounts are taken out, and in elsewhere.
    interface Carry {
        /// Exports and imports at once.
        @WithDefault("4")
        int atOnce();

        /// Events read or appended together.
        @WithDefault("500")
        int pageEvents();

        /// Bytes an archive may have that comes in.
        @WithDefault("1073741824")
        long maxBytes();

        /// Bytes of all its files, unpacked.
        @WithDefault("8589934592")
        long maxUnpackedBytes();

        /// How many times larger than itself an archive may become.
        @WithDefault("200")
        int maxRatio();

        /// Files in an archive.
        @WithDefault("2000")
        int maxFiles();
    }

    /// Copies changes to Kafka.
    interface Relay {
        /// Off: changes stay in Postgres, where the others ask for them.
        @WithDefault("true")
        boolean enabled();

        /// How long a quiet relay waits before it looks again, and one without the lease before it tries again.
        @WithDefault("2s")
        Duration pollInterval();

        /// Changes sent together.
        @WithDefault("500")
        int batch();

        /// When Kafka counts as away.
        @WithDefault("10s")
        Duration deliveryTimeout();

        /// Copies of the topic that Kafka keeps.
        @WithDefault("1")
        short replicationFactor();

        /// Changes that were overtaken are kept for so long.
        @WithDefault("7d")
        Duration keep();
    }
}
