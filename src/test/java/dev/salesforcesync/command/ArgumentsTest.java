package dev.salesforcesync.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.command.Pipeline.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever calls a command wrongly reads one line that says what to do. */
class ArgumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aply x.yaml                                | there is no command aply; use validate, plan, explain
            validate                                   | validate needs a file, a directory, or -
            plan -o json                               | plan needs a file, a directory, or -
            explain x.yaml                             | explain needs --person with a userPrincipalName
            validate --person ada x.yaml               | --person is not for validate; leave it out
            plan --org x.yaml                          | --org is not for plan; leave it out
            validate --orgs x.yaml                     | there is no option --orgs; validate --help lists what there is
            validate -o yaml x.yaml                    | -o must be text or json
            validate -o                                | -o needs a value: -o text|json
            validate x.yaml -n a -n b                  | -n is given twice; leave one out
            validate --org=yes x.yaml                  | --org takes no value; write it alone
            validate - -                               | - is given twice; there is only one standard input
            plan --timeout 0s x.yaml                   | --timeout must be a time such as 90s or 10m
            plan --timeout soon x.yaml                 | --timeout must be a time such as 90s or 10m
            validate no-such-file.yaml                 | there is no file no-such-file.yaml; name one that exists
            validate src/docs                          | there is no .yaml, .yml or .json in src/docs
            validate crds                              | there is no SalesforceConnection, SyncPolicy or LicenseSchedule in crds
            """)
    void wrongUsageIsOneLineAndTwo(String words, String told) {
        Ended ended = Pipeline.call(words.split(" "));

        assertThat(ended.err()).contains(told).endsWith("\n").hasLineCount(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpOfAllNamesEveryCommand(String word) {
        Ended ended = Pipeline.call(word);

        assertThat(ended.out()).contains("validate FILE...", "plan FILE...", "explain --person WHO FILE...");
        assertThat(ended.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "explain"})
    void helpOfEachNamesEveryOptionThatItTakesAndItsExitCodes(String word) {
        Ended ended = Pipeline.call(word, "--help");

        Arguments.Verb verb = Arguments.Verb.of(word).orElseThrow();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Usage: java -jar salesforce-sync-operator.jar " + word, "Ends with 0");
        for (Arguments.Option option : Arguments.Option.values()) {
            assertThat(ended.out().contains(option.word() + " ") || ended.out().contains(option.word() + "\n"))
                    .as("%s of %s", option, word)
                    .isEqualTo(verb.takes(option));
        }
    }

    @Test
    void anEnvironmentThatTheOperatorWouldRefuseIsRefusedHereToo() {
        Ended ended = Pipeline.call("", java.util.Map.of("HTTP_PORT", "many"), "validate", "samples/01-minimal");

        assertThat(ended.err()).contains("HTTP_PORT must be a number");
        assertThat(ended.code()).isEqualTo(2);
    }
}
