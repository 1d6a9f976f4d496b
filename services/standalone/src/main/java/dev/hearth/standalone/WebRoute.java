package dev.hearth.standalone;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// In one program: the page, before the services' routes.
@ApplicationScoped
final class WebRoute {
    private static final int AFTER_IDENTITY = -999;

    private final URI publicUrl;

    WebRoute(@ConfigProperty(name = "hearth.public-url") URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    void install(@Observes Router router) {
        var page = WebPage.load(publicUrl);
        router.route().order(AFTER_IDENTITY).handler(context -> {
            if (page.has(context.request())) {
                page.answer(context.request());
            } else {
                context.next();
            }
        });
    }
}
