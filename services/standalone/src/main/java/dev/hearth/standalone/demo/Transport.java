package dev.hearth.standalone.demo;

/// How a LiveStore client talks to its server.
public enum Transport {
    HTTP("http", "HTTP"),
    WEBSOCKET("ws", "WebSocket");

    private final String option;
    private final String title;

    Transport(String option, String title) {
        this.option = option;
        this.title = title;
    }

    String option() {
        return option;
    }

    public String title() {
        return title;
    }
}
