package dev.salesforcesync.command;

import dev.salesforcesync.command.Arguments.Option;
import dev.salesforcesync.command.Validation.Orgs;
import dev.salesforcesync.command.Validation.Outcome;
import dev.salesforcesync.config.OperatorConfig;
import io.fabric8.kubernetes.client.Config;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Says of files what the API server and the reconcilers would say of them. */
final class ValidateCommand {
    private final Arguments arguments;
    private final Console console;
    private final OperatorConfig config;
    private final Supplier<Optional<Config>> kubeconfig;

    ValidateCommand(
            Arguments arguments, Console console, OperatorConfig config, Supplier<Optional<Config>> kubeconfig) {
        this.arguments = arguments;
        this.console = console;
        this.config = config;
        this.kubeconfig = kubeconfig;
    }

    ExitCode run() throws WrongUsage {
        DocumentReader.Reading reading = DocumentReader.read(arguments.files(), console.in());
        Resources resources = Resources.of(reading.documents(), arguments.namespace());
        if (resources.ours() == 0 && reading.findings().isEmpty()) {
            throw new WrongUsage("there is no SalesforceConnection, SyncPolicy or LicenseSchedule in "
                    + String.join(" ", arguments.files()) + "; name the files that hold them");
        }
        if (!arguments.has(Option.ORG)) {
            return told(reading, resources, Validation.of(resources, config, Orgs.NONE), List.of());
        }
        try (Sources sources = Sources.open(resources, arguments, config, kubeconfig);
                SignedIn orgs = new SignedIn(sources, config)) {
            return told(reading, resources, Validation.of(resources, config, orgs), orgs.unreachable());
        }
    }

    private ExitCode told(
            DocumentReader.Reading reading, Resources resources, Outcome outcome, List<String> unreachable) {
        List<Finding> findings = new ArrayList<>(reading.findings());
        findings.addAll(resources.findings());
        findings.addAll(outcome.findings());
        List<String> order =
                reading.documents().stream().map(Document::file).distinct().toList();
        findings.sort(Comparator.comparing((Finding finding) -> order.indexOf(finding.file()))
                .thenComparing(Finding::file)
                .thenComparing(Finding::document));
        unreachable.forEach(console.err()::println);
        print(resources, findings, outcome);
        ExitCode code = findings.isEmpty() ? ExitCode.FINE : ExitCode.PROBLEMS;
        return unreachable.isEmpty() ? code : ExitCode.NO_ANSWER;
    }

    private void print(Resources resources, List<Finding> findings, Outcome outcome) {
        if (arguments.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("resources", resources.ours());
            answer.put("problems", findings);
            answer.put("notChecked", outcome.notChecked());
            Report.print(answer, console.out());
            return;
        }
        findings.forEach(finding -> console.out().println(finding.line()));
        outcome.notChecked().forEach(what -> console.err().println("not checked: " + what));
        console.err()
                .println(resources.ours()
                        + (resources.ours() == 1 ? " resource, " : " resources, ")
                        + findings.size()
                        + (findings.size() == 1 ? " problem" : " problems"));
    }
}
