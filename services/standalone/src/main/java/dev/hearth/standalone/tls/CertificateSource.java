package dev.hearth.standalone.tls;

/// Where the certificate that is served comes from.
public sealed interface CertificateSource permits GivenFiles, OwnCertificate {
    /// What is to be served now.
    /// @throws CertificateUnusable when there is nothing that could be
    ServerCertificate obtain();

    /// Whether `obtain` has to be asked again. Cheap, and asked every second or two.
    boolean isOutdated();
}
