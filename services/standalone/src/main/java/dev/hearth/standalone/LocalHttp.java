package dev.hearth.standalone;

import dev.hearth.standalone.tls.Pinned;
import java.net.http.HttpClient;

/// How tools on this machine talk to a Hearth: with trust in exactly the certificate that it has noted to show, so that
/// neither its name nor its authority matters.
final class LocalHttp {
    private LocalHttp() {}

    static HttpClient.Builder to(DataFolder folder) {
        return HttpClient.newBuilder().sslContext(Pinned.context(folder.servedCertificate()));
    }
}
