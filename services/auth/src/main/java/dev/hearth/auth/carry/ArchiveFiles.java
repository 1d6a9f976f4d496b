package dev.hearth.auth.carry;

import dev.hearth.auth.AuthConfig;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// The files of an archive that somebody sent, one after the other as they stand in it. What it says of itself is not
/// believed: every limit is held to what comes out.
final class ArchiveFiles {
    /// Names that an archive of ours has; paths lead nowhere, as nothing is ever written under them.
    private static final Pattern NAME = Pattern.compile("[a-z]{1,40}\\.json|stores/[0-9a-f-]{36}\\.jsonl");

    /// What is smaller is not worth counting how often it fits into itself.
    private static final long SMALL = 1024 * 1024;

    /// Reads one file, as far as it likes.
    interface Reader {
        void read(String name, InputStream content) throws IOException;
    }

    private final FileChannel file;
    private final AuthConfig.Carry limits;

    ArchiveFiles(FileChannel file, AuthConfig.Carry limits) {
        this.file = file;
        this.limits = limits;
    }

    void each(Reader reader) throws IOException {
        file.position(0);
        var packed = new Counted(Channels.newInputStream(file));
        var names = new HashSet<String>();
        try (var zip = new ZipInputStream(packed)) {
            var unpacked = new Unpacked(zip, packed);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (names.size() >= limits.maxFiles()) {
                    throw BadArchive.tooLarge("files", limits.maxFiles());
                }
                var name = entry.getName();
                if (!NAME.matcher(name).matches() || !names.add(name)) {
                    throw BadArchive.in(name, "No archive of an account has a file of this name, or has it twice.");
                }
                reader.read(name, unpacked);
                unpacked.transferTo(OutputNowhere.INSTANCE);
            }
        } catch (ZipException | IllegalArgumentException broken) {
            throw BadArchive.because("This is no ZIP, or it was damaged on the way.");
        } catch (EOFException cut) {
            throw BadArchive.because("The archive ends too soon.");
        }
    }

    private static final class Counted extends FilterInputStream {
        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            read += Math.max(0, count);
            return count;
        }

        /// The file is read once more.
        @Override
        public void close() {}
    }

    /// One file's content after the other; counts all of them together.
    private final class Unpacked extends InputStream {
        private final InputStream zip;
        private final Counted packed;
        private long read;

        Unpacked(InputStream zip, Counted packed) {
            this.zip = zip;
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = zip.read(bytes, offset, length);
            read += Math.max(0, count);
            if (read > limits.maxUnpackedBytes()) {
                throw BadArchive.tooLarge("bytes in its files", limits.maxUnpackedBytes());
            }
            if (read > SMALL && read / limits.maxRatio() > packed.read) {
                throw BadArchive.because(
                        "The archive becomes more than " + limits.maxRatio() + " times as large as it is.");
            }
            return count;
        }
    }

    private static final class OutputNowhere extends OutputStream {
        static final OutputNowhere INSTANCE = new OutputNowhere();

        @Override
        public void write(int one) {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}
    }
}
