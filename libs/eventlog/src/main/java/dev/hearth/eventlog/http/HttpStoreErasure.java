package dev.hearth.eventlog.http;

import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.StoreErasure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/// Erasure in an event-store that runs elsewhere. A step may run twice.
public final class HttpStoreErasure implements StoreErasure {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WebClient client;
    private final String url;
    private final Supplier<Uni<String>> token;

    /// `token` gives an access token with the role `ErasurePath.ROLE`.
    public HttpStoreErasure(WebClient client, String baseUrl, Supplier<Uni<String>> token) {
        this.client = client;
        this.url = baseUrl + ErasurePath.ROOT;
        this.token = token;
    }

    @Override
    public Uni<Boolean> erase(Principal owner) {
        var body = Buffer.buffer(LogCbor.write(new LogRequest.Owner(owner)));
        return token.get()
                .flatMap(bearer -> client.postAbs(url)
                        .timeout(PATIENCE.toMillis())
                        .bearerTokenAuthentication(bearer)
                        .putHeader("Content-Type", LogCbor.MEDIA_TYPE)
                        .sendBuffer(body))
                .map(HttpStoreErasure::read)
                .onFailure(failure -> !(failure instanceof EventLogUnavailable))
                .transform(failure -> new EventLogUnavailable("the event-store cannot be reached", failure));
    }

    private static boolean read(HttpResponse<Buffer> answer) {
        if (answer.statusCode() != 200) {
            throw new EventLogUnavailable("the event-store answered erasure with " + answer.statusCode(), null);
        }
        try {
            return LogCbor.read(answer.body().getBytes(), Boolean.class);
        } catch (IOException garbled) {
            throw new EventLogUnavailable("the event-store's answer cannot be read", garbled);
        }
    }
}
