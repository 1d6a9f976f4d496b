package dev.hearth.standalone;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Shows the end of a log.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    private static final int END = 16 * 1024;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on showing what is added.")
    private boolean follow;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            defaultValue = "hearth",
            description = "hearth, postgres, keycloak, or with --separate one of the services.")
    private String name = "hearth";

    @Override
    public Integer call() throws IOException, InterruptedException {
        var log = data.folder().log(name);
        if (!Files.exists(log) || !log.getParent().equals(data.folder().logs())) {
            throw new Refusal("There is no log of " + name + ". There are: " + names());
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - END));
            if (file.getFilePointer() > 0) {
                file.readLine();
            }
            do {
                show(file);
                TimeUnit.MILLISECONDS.sleep(follow ? 200 : 0);
            } while (follow);
        }
        return 0;
    }

    private static void show(RandomAccessFile file) throws IOException {
        if (file.length() < file.getFilePointer()) {
            file.seek(0);
        }
        byte[] chunk = new byte[8192];
        for (int read = file.read(chunk); read > 0; read = file.read(chunk)) {
            System.out.write(chunk, 0, read);
        }
        System.out.flush();
    }

    private String names() throws IOException {
        if (!Files.isDirectory(data.folder().logs())) {
            return "none";
        }
        try (var logs = Files.list(data.folder().logs())) {
            return logs.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
