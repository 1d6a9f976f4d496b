package dev.hearth.standalone.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A certificate and its key in files, as somebody gives them to `up`; another authority than Hearth's made them.
public record TestFiles(Path authority, Path certificate, Path key) {
    public static TestFiles in(Path folder, String... names) throws IOException {
        return in(folder, Instant.now(), names);
    }

    static TestFiles in(Path folder, Instant made, String... names) throws IOException {
        Files.createDirectories(folder);
        var files = new TestFiles(folder.resolve("ca.crt"), folder.resolve("cert.pem"), folder.resolve("key.pem"));
        var hosts = Stream.of(names).map(HostName::new).toList();
        write(files, LocalAuthority.make(folder, Set.copyOf(hosts), made).issue(hosts, made));
        return files;
    }

    /// Another certificate for the same names by the same authority, as a renewal makes one.
    public ServerCertificate next() {
        var known = current();
        return LocalAuthority.in(authority.getParent())
                .orElseThrow()
                .issue(known.names().stream().map(HostName::new).toList(), Instant.now());
    }

    public ServerCertificate current() {
        try {
            return new ServerCertificate(
                    Pem.parse(Files.readString(key)).key().orElseThrow(),
                    Pem.parse(Files.readString(certificate)).certificates());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    public void writeCertificate(ServerCertificate written) {
        PrivateFile.write(certificate, Pem.of(written.chain()));
    }

    public void writeKey(ServerCertificate written) {
        PrivateFile.write(key, Pem.of(written.key()));
    }

    private static void write(TestFiles files, ServerCertificate written) {
        files.writeCertificate(written);
        files.writeKey(written);
    }

    /// The certificates in a file.
    public static List<java.security.cert.X509Certificate> certificates(Path file) throws IOException {
        return Pem.parse(Files.readString(file)).certificates();
    }
}
