package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A command line, taken apart. */
final class Arguments {
    private final Verb verb;
    private final Map<Option, String> options;
    private final List<String> files;

    private Arguments(Verb verb, Map<Option, String> options, List<String> files) {
        this.verb = verb;
        this.options = options;
        this.files = List.copyOf(files);
    }

    /** Takes apart what stands behind the command's name. */
    static Arguments parse(Verb verb, List<String> words) throws WrongUsage {
        Map<Option, String> options = new EnumMap<>(Option.class);
        List<String> files = new ArrayList<>();
        Deque<String> left = new ArrayDeque<>(words);
        boolean onlyFiles = false;
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (onlyFiles || word.equals("-") || !word.startsWith("-")) {
                files.add(word);
            } else if (word.equals("--")) {
                onlyFiles = true;
            } else {
                option(verb, word, left, options);
            }
        }
        Arguments arguments = new Arguments(verb, options, files);
        if (!arguments.has(Option.HELP)) {
            arguments.check();
        }
        return arguments;
    }

    private static void option(Verb verb, String word, Deque<String> left, Map<Option, String> options)
            throws WrongUsage {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = Arrays.stream(Option.values())
                .filter(known -> known.isCalled(name))
                .findFirst()
                .orElseThrow(() -> new WrongUsage(
                        "there is no option " + name + "; " + verb.word() + " --help lists what there is"));
        if (!verb.takes(option)) {
            throw new WrongUsage(option.word() + " is not for " + verb.word() + "; leave it out");
        }
        if (options.containsKey(option)) {
            throw new WrongUsage(name + " is given twice; leave one out");
        }
        if (!option.hasValue()) {
            if (equals >= 0) {
                throw new WrongUsage(name + " takes no value; write it alone");
            }
            options.put(option, "");
            return;
        }
        String value = equals >= 0 ? word.substring(equals + 1) : left.isEmpty() ? "" : left.removeFirst();
        if (value.isBlank()) {
            throw new WrongUsage(name + " needs a value: " + name + " " + option.value());
        }
        options.put(option, value);
    }

    private void check() throws WrongUsage {
        if (files.isEmpty()) {
            throw new WrongUsage(verb.word() + " needs a file, a directory, or - for the standard input");
        }
        if (verb == Verb.EXPLAIN && !has(Option.PERSON)) {
            throw new WrongUsage("explain needs --person with a userPrincipalName, objectGUID or sAMAccountName");
        }
        if (!List.of("text", "json").contains(value(Option.OUTPUT).orElse("text"))) {
            throw new WrongUsage("-o must be text or json");
        }
        if (files.stream().filter("-"::equals).count() > 1) {
            throw new WrongUsage("- is given twice; there is only one standard input");
        }
        timeout();
    }

    Verb verb() {
        return verb;
    }

    List<String> files() {
        return files;
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    boolean json() {
        return value(Option.OUTPUT).filter("json"::equals).isPresent();
    }

    /** Of resources that name none. */
    String namespace() {
        return value(Option.NAMESPACE).orElse("default");
    }

    Duration timeout() throws WrongUsage {
        String given = value(Option.TIMEOUT).orElse("10m");
        try {
            Duration timeout = Durations.parse(given);
            if (!timeout.isZero() && !timeout.isNegative()) {
                return timeout;
            }
        } catch (IllegalArgumentException e) {
            // told below with the same words as a time that has no length
        }
        throw new WrongUsage("--timeout must be a time such as 90s or 10m");
    }

    /** What people can ask the jar to do. */
    enum Verb {
        VALIDATE,
        PLAN,
        EXPLAIN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean takes(Option option) {
            return switch (option) {
                case HELP, OUTPUT, NAMESPACE, NO_CLUSTER -> true;
                case ORG -> this == VALIDATE;
                case PERSON -> this == EXPLAIN;
                case POLICY, OPERATOR_NAMESPACE, TIMEOUT -> this != VALIDATE;
            };
        }

        static Optional<Verb> of(String word) {
            return Arrays.stream(values())
                    .filter(verb -> verb.word().equals(word))
                    .findFirst();
        }

        static String list() {
            return Arrays.stream(values()).map(Verb::word).collect(Collectors.joining(", "));
        }
    }

    /** What can be said beside the files. */
    enum Option {
        HELP("--help", "-h", ""),
        OUTPUT("--output", "-o", "text|json"),
        NAMESPACE("--namespace", "-n", "NAME"),
        ORG("--org", "", ""),
        PERSON("--person", "", "WHO"),
        POLICY("--policy", "", "NAME"),
        OPERATOR_NAMESPACE("--operator-namespace", "", "NAME"),
        NO_CLUSTER("--no-cluster", "", ""),
        TIMEOUT("--timeout", "", "10m");

        private final String word;
        private final String letter;
        private final String value;

        Option(String word, String letter, String value) {
            this.word = word;
            this.letter = letter;
            this.value = value;
        }

        boolean isCalled(String name) {
            return name.equals(word) || name.equals(letter);
        }

        boolean hasValue() {
            return !value.isEmpty();
        }

        String value() {
            return value;
        }

        String word() {
            return word;
        }
    }
}
