package dev.salesforcesync.command;

import dev.salesforcesync.command.Arguments.Option;
import dev.salesforcesync.command.Arguments.Verb;
import dev.salesforcesync.config.OperatorConfig;
import io.fabric8.kubernetes.client.Config;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of the jar. Results go to the console's {@code out}, everything else to its {@code err}; the answer is
 * the number that the process ends with.
 */
public final class CommandLine {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLine.class);
    private static final String PROGRAM = "salesforce-sync-operator";

    private CommandLine() {}

    /** Carries out one command, with the usual kubeconfig where it looks at a cluster. */
    public static int run(List<String> words, Console console) {
        return run(words, console, ReadOnlyCluster::usualConfig);
    }

    /** The same with another way to the cluster; empty for none. */
    public static int run(List<String> words, Console console, Supplier<Optional<Config>> kubeconfig) {
        try {
            return dispatch(words, console, kubeconfig).number();
        } catch (WrongUsage e) {
            console.err().println(PROGRAM + ": " + e.getMessage());
            return ExitCode.WRONG_USAGE.number();
        } catch (RuntimeException bug) {
            LOG.debug("the command met a bug", bug);
            // its message may quote what it was about
            console.err()
                    .println(PROGRAM + ": met a bug, " + bug.getClass().getSimpleName()
                            + "; LOG_LEVEL=DEBUG tells where, please report it");
            return ExitCode.NO_ANSWER.number();
        }
    }

    private static ExitCode dispatch(List<String> words, Console console, Supplier<Optional<Config>> kubeconfig)
            throws WrongUsage {
        String word = words.isEmpty() ? "--help" : words.get(0);
        if (List.of("--help", "-h", "help").contains(word)) {
            console.out().print(Help.all());
            return ExitCode.FINE;
        }
        Optional<Verb> verb = Verb.of(word);
        if (verb.isEmpty()) {
            throw new WrongUsage("there is no command " + word + "; use " + Verb.list()
                    + ", or no word at all to start the operator (--help tells more)");
        }
        Arguments arguments = Arguments.parse(verb.get(), words.subList(1, words.size()));
        if (arguments.has(Option.HELP)) {
            console.out().print(Help.of(verb.get()));
            return ExitCode.FINE;
        }
        return switch (verb.get()) {
            case VALIDATE -> new ValidateCommand(arguments, console, config(console), kubeconfig).run();
            case PLAN, EXPLAIN -> new DecideCommand(arguments, console, config(console), kubeconfig).run();
        };
    }

    private static OperatorConfig config(Console console) throws WrongUsage {
        try {
            return OperatorConfig.from(console.environment(), "command");
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("the environment can't be used: " + e.getMessage());
        }
    }
}
