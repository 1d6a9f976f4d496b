package dev.hearth.auth.deliver;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.identity.InviteMail;
import dev.hearth.auth.identity.InviteOutbox;
import dev.hearth.auth.identity.InviteOutbox.Taken;
import io.quarkus.logging.Log;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sends the invites that wait in the outbox. Any number of processes may: each message is one's at a time. What
/// the mail server does not take now is tried again, later and later, as long as the invite is good.
@ApplicationScoped
public class InvitePost {
    /// By these a server says that it will never take a message for this address.
    private static final Set<Integer> NO_SUCH_ADDRESS = Set.of(550, 551, 553, 556);

    private static final Duration TIDY = Duration.ofMinutes(1);

    private final InviteOutbox outbox;
    private final ReactiveMailer mailer;
    private final AuthConfig.Mail config;
    private final Clock clock;
    private final String publicUrl;

    private Cancellable sending = () -> {};
    private Cancellable tidying = () -> {};

    InvitePost(
            InviteOutbox outbox,
            ReactiveMailer mailer,
            AuthConfig config,
            Clock clock,
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl) {
        this.outbox = outbox;
        this.mailer = mailer;
        this.config = config.mail();
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    void start(@Observes StartupEvent event) {
        tidying = every(TIDY, Uni.createFrom().deferred(() -> outbox.forget(clock.instant())));
        if (config.enabled()) {
            sending = every(config.pollInterval(), sendAll());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        sending.cancel();
        tidying.cancel();
    }

    private static Cancellable every(Duration pause, Uni<Void> work) {
        return Multi.createFrom()
                .ticks()
                .every(pause)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(_ -> work.onFailure()
                        .invoke(failure ->
                                Log.warnf("invites rest: %s", failure.getClass().getSimpleName()))
                        .onFailure()
                        .recoverWithNull())
                .subscribe()
                .with(_ -> {});
    }

    private Uni<Void> sendAll() {
        return Uni.createFrom()
                .deferred(() -> outbox.take(clock.instant(), clock.instant().plus(config.lease())))
                .flatMap(next -> next.map(mail -> send(mail).flatMap(_ -> sendAll()))
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Void> send(Taken mail) {
        var letter = Letter.of(mail, publicUrl);
        return mailer.send(Mail.withText(mail.to().value(), letter.subject(), letter.text())
                        .setHtml(letter.html()))
                .ifNoItem()
                .after(config.lease().dividedBy(2))
                .fail()
                .replaceWith(true)
                .onFailure()
                .recoverWithUni(failure -> notSent(mail, failure))
                .flatMap(sent -> sent
                        ? outbox.became(mail, InviteMail.State.SENT)
                        : Uni.createFrom().voidItem());
    }

    /// A message that was not sent names addresses, so of the failure only its kind is told.
    private Uni<Boolean> notSent(Taken mail, Throwable failure) {
        boolean forGood = failure instanceof SMTPException refused && NO_SUCH_ADDRESS.contains(refused.getReplyCode());
        Log.infof(
                "an invite was not sent: invite=%s attempt=%d failure=%s again=%s",
                mail.invite(), mail.attempt(), failure.getClass().getSimpleName(), !forGood);
        var noted = forGood
                ? outbox.became(mail, InviteMail.State.FAILED)
                : outbox.waits(mail, clock.instant().plus(config.pauseAfter(mail.attempt())));
        return noted.replaceWith(false);
    }
}
