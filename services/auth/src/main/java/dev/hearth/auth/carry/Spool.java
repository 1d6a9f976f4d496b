package dev.hearth.auth.carry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// What was sent, on disk for as long as it is needed: it is read twice. The file has no name, so nothing of it stays
/// if
/// the process dies.
record Spool(FileChannel file) implements AutoCloseable {

    static Spool of(InputStream sent) throws IOException {
        var path = Files.createTempFile("hearth-import", ".zip");
        var file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            sent.transferTo(Channels.newOutputStream(file));
            return new Spool(file);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
