package dev.hearth.problems;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;

/// Holds an endpoint's body to the limit as it is read, as a chunked one does not say beforehand how long it is.
@Provider
public final class CountedBody implements ReaderInterceptor {
    private final BodyLimit limit;
    private final CurrentVertxRequest current;

    @Inject
    CountedBody(BodyLimit limit, CurrentVertxRequest current) {
        this.limit = limit;
        this.current = current;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Counted(context.getInputStream()));
        return context.proceed();
    }

    private final class Counted extends InputStream {
        private final InputStream body;
        private long left = limit.maxBytes(current.getCurrent());

        Counted(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = left < 0 ? -1 : body.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw limit.exceeded(current.getCurrent());
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        /// Closing reads to the end, and the end of what is too long may never come.
        @Override
        public void close() throws IOException {
            if (left >= 0) {
                body.close();
            }
        }
    }
}
