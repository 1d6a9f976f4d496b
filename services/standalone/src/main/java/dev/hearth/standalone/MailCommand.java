package dev.hearth.standalone;

import dev.hearth.embedded.MailFolder;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mail",
        description = {
            "Shows e-mail that Hearth has kept here, as no mail server is named: the newest, or number N.",
            "HEARTH_SMTP_HOST in the environment of `up` names a server that sends it."
        },
        mixinStandardHelpOptions = true)
final class MailCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--list", description = "Lists all that are kept, the newest last.")
    private boolean list;

    @Parameters(arity = "0..1", paramLabel = "N", description = "The message's number. Default: the newest.")
    private @Nullable Integer number;

    @Override
    public Integer call() {
        var folder = data.folder();
        if ("sent".equals(PrivateProperties.read(folder.config("state")).get("mail"))) {
            throw new Refusal("A mail server is named (HEARTH_SMTP_HOST): e-mail is sent, and none is kept here.");
        }
        var messages = MailFolder.in(folder.mail());
        if (messages.isEmpty()) {
            System.out.println("No e-mail has been sent yet.");
        } else if (list) {
            messages.forEach(
                    (known, file) -> System.out.println(KeptMail.read(file).line(known)));
        } else {
            System.out.print(KeptMail.read(chosen(messages)).text());
        }
        return 0;
    }

    private Path chosen(NavigableMap<Integer, Path> messages) {
        int wanted = number == null ? messages.lastKey() : number;
        var file = messages.get(wanted);
        if (file == null) {
            throw new Refusal("There is no message " + wanted + "; there are " + messages.firstKey() + " to "
                    + messages.lastKey() + ", see `hearth mail --list`.");
        }
        return file;
    }
}
