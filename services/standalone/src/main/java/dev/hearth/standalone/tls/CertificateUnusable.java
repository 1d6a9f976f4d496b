package dev.hearth.standalone.tls;

/// A certificate cannot be served. The message says why, and what to do.
public final class CertificateUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    CertificateUnusable(String message) {
        super(message);
    }

    CertificateUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
