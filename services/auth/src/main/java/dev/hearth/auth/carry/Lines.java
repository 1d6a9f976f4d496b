package dev.hearth.auth.carry;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Lines of a file that came from outside, one in memory at a time, and none too long.
final class Lines {
    /// A payload of 16 MiB, with everything in it escaped or in Base64.
    private static final int MOST_BYTES = 40 * 1024 * 1024;

    private final String file;
    private final InputStream in;
    private long number;

    Lines(String file, InputStream in) {
        this.file = file;
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /// Of the line given last, from 1.
    long number() {
        return number;
    }

    /// Empty at the end.
    Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream(512);
        int one = in.read();
        if (one < 0) {
            return Optional.empty();
        }
        number++;
        while (one >= 0 && one != '\n') {
            line.write(one);
            if (line.size() > MOST_BYTES) {
                throw BadArchive.in(file, "Line " + number + " is longer than any event.");
            }
            one = in.read();
        }
        return Optional.of(line.toByteArray());
    }
}
