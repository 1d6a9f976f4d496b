package dev.hearth.standalone;

import dev.hearth.embedded.Secret;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        description = "People who may sign in.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {UserCommand.Add.class, UserCommand.Token.class})
final class UserCommand {
    @Command(
            name = "add",
            description = "Adds a person to the running Hearth, and prints the password made for them, once.",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Mixin
        private final DataOption data = new DataOption();

        @Parameters(paramLabel = "EMAIL")
        private String email = "";

        @Option(names = "--name", paramLabel = "NAME", description = "What they are called.")
        private String name = "";

        @Option(names = "--password-stdin", description = "Reads the password from the standard input.")
        private boolean fromInput;

        @Option(names = "--admin", description = "Makes them an administrator.")
        private boolean admin;

        @Override
        public Integer call() throws IOException {
            var people = People.of(data.folder());
            var password = fromInput ? Terminal.passwordFromInput() : Secret.random();
            switch (people.add(email, name, password)) {
                case ADDED -> System.out.println(fromInput ? "added " + email : "password " + password.value());
                case EXISTS -> throw new Refusal("There is already somebody with the address " + email + ".");
                case REFUSED ->
                    throw new Refusal("Keycloak does not accept this. A password has at least 10 characters,"
                            + " an address an @.");
            }
            if (admin) {
                people.keycloak().grant(email, "admin");
            }
            return 0;
        }
    }

    @Command(
            name = "token",
            description = "Prints an access token of a person's, good for ten minutes.",
            mixinStandardHelpOptions = true)
    static final class Token implements Callable<Integer> {
        @Mixin
        private final DataOption data = new DataOption();

        @Parameters(paramLabel = "EMAIL")
        private String email = "";

        @Option(names = "--password-stdin", description = "Reads the password from the standard input.")
        private boolean fromInput;

        @Override
        public Integer call() throws IOException {
            var people = People.of(data.folder());
            var password = Terminal.password(fromInput);
            System.out.println(people.signIn(email, password).value());
            return 0;
        }
    }
}
