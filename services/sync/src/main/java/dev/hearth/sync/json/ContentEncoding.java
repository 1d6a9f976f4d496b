package dev.hearth.sync.json;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Unpacks bodies. Not left to the HTTP layer: that takes a body that ends too soon for a whole one.
public final class ContentEncoding {
    private ContentEncoding() {}

    /// Whether a body with this header is packed, so that unpacking it is work.
    public static boolean isPacked(@Nullable String contentEncoding) {
        return contentEncoding != null && !contentEncoding.isBlank() && !"identity".equalsIgnoreCase(contentEncoding);
    }

    /// The body as it was before it was packed, of at most `maxBytes`.
    public static byte[] unpack(byte[] body, @Nullable String contentEncoding, int maxBytes) {
        if (!isPacked(contentEncoding)) {
            return body;
        }
        if (!"gzip".equalsIgnoreCase(contentEncoding.strip())) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Bodies are sent plain or with Content-Encoding: gzip.");
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var plain = gzip.readNBytes(maxBytes + 1);
            if (plain.length > maxBytes) {
                throw new ProblemException(
                        ProblemType.PAYLOAD_TOO_LARGE, "The body has more than " + maxBytes + " bytes unpacked.");
            }
            return plain;
        } catch (IOException broken) {
            throw new ProblemException(ProblemType.INVALID_JSON, "The body is not whole, or not gzip.");
        }
    }
}
