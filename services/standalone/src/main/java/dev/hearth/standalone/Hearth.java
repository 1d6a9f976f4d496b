package dev.hearth.standalone;

import dev.hearth.embedded.ServerFailed;
import dev.hearth.standalone.bench.BenchFailed;
import dev.hearth.standalone.demo.DemoFailed;
import dev.hearth.standalone.tls.CertificateUnusable;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line: `hearth up`, `hearth user add`, and so on. A new command is a class named here.
@QuarkusMain
@Command(
        name = "hearth",
        description = "The self-hosted server for local-first apps.",
        mixinStandardHelpOptions = true,
        version = "hearth 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            MailCommand.class,
            UserCommand.class,
            DemoCommand.class,
            BenchCommand.class
        })
public final class Hearth {
    public static void main(String... args) {
        int code = new CommandLine(new Hearth())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(reason(failure));
                    return 1;
                })
                .execute(args);
        System.exit(code);
    }

    /// One line for what the operator can do something about; all of it for what should not happen.
    private static String reason(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> String.valueOf(refusal.getMessage());
            case CertificateUnusable unusable -> String.valueOf(unusable.getMessage());
            case DemoFailed failed -> "The demo failed: " + failed.getMessage();
            case BenchFailed failed -> "The bench failed: " + failed.getMessage();
            case ServerFailed failed -> String.valueOf(failed.getMessage());
            case CompletionException wrapped when wrapped.getCause() != null -> reason(wrapped.getCause());
            default -> {
                var text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text));
                yield text.toString();
            }
        };
    }
}
