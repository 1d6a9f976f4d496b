package dev.hearth.standalone;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A file of the page, as it is sent.
///
/// @param packed smaller forms that the build has made, by their `Content-Encoding`
record WebFile(Buffer content, Map<String, Buffer> packed, String type, String caching, String tag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "wasm", "application/wasm",
            "webmanifest", "application/manifest+json");

    static WebFile of(String path, Buffer content, Map<String, Buffer> packed) {
        String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        // What is in assets is named after its content.
        String caching = path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
        return new WebFile(content, packed, type, caching, tag(content));
    }

    /// The smallest form for a request, if it takes one. Quarkus' server packs again over HTTP/2 what says that it is
    /// gzip, so there it is Brotli or none; every browser that comes by HTTP/2 takes Brotli.
    Optional<String> encoding(HttpServerRequest request) {
        String accepted = request.headers().get("Accept-Encoding");
        if (accepted == null) {
            return Optional.empty();
        }
        boolean gzip = request.version() != HttpVersion.HTTP_2;
        return Stream.of("br", "gzip")
                .filter(packed::containsKey)
                .filter(encoding -> accepted.contains(encoding) && (gzip || !encoding.equals("gzip")))
                .findFirst();
    }

    private static String tag(Buffer content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
