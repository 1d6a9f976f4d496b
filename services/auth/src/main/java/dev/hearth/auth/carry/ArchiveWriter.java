package dev.hearth.auth.carry;

import dev.hearth.auth.carry.Archive.Counts;
import dev.hearth.auth.carry.Archive.File;
import dev.hearth.auth.carry.Archive.Manifest;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes an archive file by file, and gives what it has written so far piece by piece: no more of it is ever in memory
/// than one piece.
final class ArchiveWriter {
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(piece);
    private final List<File> files = new ArrayList<>();
    private final MessageDigest digest = Digests.sha256();
    private String path = "";
    private long bytes;
    private long lines;
    private long stores;
    private long events;

    /// A file with one value.
    void file(String name, Object value) throws IOException {
        begin(name);
        write(Archive.JSON.writeValueAsBytes(value));
        end(Optional.empty());
    }

    void beginEvents(String name) throws IOException {
        begin(name);
    }

    void line(byte[] line) throws IOException {
        write(line);
        write(new byte[] {'\n'});
        lines++;
    }

    void endEvents() throws IOException {
        stores++;
        events += lines;
        end(Optional.of(lines));
    }

    private void begin(String name) throws IOException {
        path = name;
        bytes = 0;
        lines = 0;
        zip.putNextEntry(new ZipEntry(name));
    }

    private void write(byte[] part) throws IOException {
        zip.write(part);
        digest.update(part);
        bytes += part.length;
    }

    private void end(Optional<Long> counted) throws IOException {
        zip.closeEntry();
        files.add(new File(path, bytes, HexFormat.of().formatHex(digest.digest()), counted));
    }

    /// The manifest, and the end.
    void finish(UUID account, Instant now) throws IOException {
        var manifest = new Manifest(
                Archive.FORMAT, Archive.VERSION, now, account, new Counts(stores, events), List.copyOf(files));
        zip.putNextEntry(new ZipEntry(Archive.MANIFEST));
        zip.write(Archive.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.finish();
    }

    /// What was written since this was asked last.
    Buffer take() {
        var taken = Buffer.buffer(piece.toByteArray());
        piece.reset();
        return taken;
    }
}
