package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.command.Arguments.Option;
import dev.salesforcesync.command.Arguments.Verb;
import dev.salesforcesync.command.Preview.Outcome;
import dev.salesforcesync.command.Resources.Placed;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.Answer;
import dev.salesforcesync.converge.Question;
import dev.salesforcesync.converge.ResourceName;
import io.fabric8.kubernetes.client.Config;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says what policies would do, or why one person gets what he gets. */
final class DecideCommand {
    private final Arguments arguments;
    private final Console console;
    private final OperatorConfig config;
    private final Supplier<Optional<Config>> kubeconfig;

    DecideCommand(Arguments arguments, Console console, OperatorConfig config, Supplier<Optional<Config>> kubeconfig) {
        this.arguments = arguments;
        this.console = console;
        this.config = config;
        this.kubeconfig = kubeconfig;
    }

    ExitCode run() throws WrongUsage {
        DocumentReader.Reading reading = DocumentReader.read(arguments.files(), console.in());
        Resources resources = Resources.of(reading.documents(), arguments.namespace());
        List<Finding> findings = new ArrayList<>(reading.findings());
        findings.addAll(resources.findings());
        if (!findings.isEmpty()) {
            return noneDecided(findings.stream().map(Finding::line).toList());
        }
        List<Placed<SyncPolicy>> asked = asked(resources);
        try (Sources sources = Sources.open(resources, arguments, config, kubeconfig)) {
            return decide(asked, sources);
        } catch (Unreadable e) {
            return noneDecided(List.of(String.valueOf(e.getMessage())));
        }
    }

    private List<Placed<SyncPolicy>> asked(Resources resources) throws WrongUsage {
        Optional<String> wanted = arguments.value(Option.POLICY);
        List<Placed<SyncPolicy>> asked = resources.policies().stream()
                .filter(policy -> wanted.isEmpty() || wanted.get().equals(policy.name()))
                .toList();
        if (asked.isEmpty()) {
            throw new WrongUsage("there is no SyncPolicy "
                    + wanted.map(name -> "'" + name + "' ").orElse("") + "in "
                    + String.join(" ", arguments.files()) + "; name the file that holds it");
        }
        return asked;
    }

    private ExitCode decide(List<Placed<SyncPolicy>> asked, Sources sources) throws WrongUsage, Unreadable {
        List<Offer> offers = new ArrayList<>();
        for (Placed<SyncPolicy> policy : asked) {
            offers.add(Offer.of(policy.resource(), sources, config));
        }
        Clock clock = Clock.systemUTC();
        try (Preview preview = new Preview(new ReadOnlyEdges(sources, clock), clock, arguments.timeout())) {
            List<Offer> beside = beside(offers, sources);
            beside.forEach(preview::offer);
            offers.forEach(preview::offer);
            beside.forEach(other -> preview.compare(other)
                    .ifPresent(undecided -> sources.note("without whom the SyncPolicy '"
                            + other.name().name() + "' means: " + String.join(" ", undecided.why()))));
            Map<Offer, Outcome> outcomes = new LinkedHashMap<>();
            for (Offer offer : offers) {
                preview.compare(offer).ifPresent(undecided -> outcomes.put(offer, undecided));
            }
            for (Offer offer : offers) {
                if (!outcomes.containsKey(offer)) {
                    outcomes.put(offer, preview.answer(offer, question()));
                }
            }
            return print(offers, outcomes, sources);
        }
    }

    /** The other policies on the same connections: people whom they answer for are not for those asked for. */
    private List<Offer> beside(List<Offer> offers, Sources sources) {
        Set<ResourceName> asked = offers.stream().map(Offer::name).collect(Collectors.toSet());
        Set<ResourceName> connections = offers.stream().map(Offer::connection).collect(Collectors.toSet());
        List<Offer> others = new ArrayList<>();
        for (ResourceName connection : connections) {
            for (SyncPolicy policy : sources.policiesOn(connection)) {
                String name = policy.getMetadata().getName();
                if (!asked.contains(new ResourceName(connection.namespace(), name))) {
                    try {
                        others.add(Offer.of(policy, sources, config));
                    } catch (Unreadable e) {
                        sources.note("without the SyncPolicy '" + name + "': " + e.getMessage());
                    }
                }
            }
        }
        return others;
    }

    private Question question() {
        return arguments.verb() == Verb.PLAN
                ? new Question(Question.Kind.PLAN, "command")
                : new Question(
                        Question.Kind.EXPLAIN, arguments.value(Option.PERSON).orElse(""));
    }

    private ExitCode print(List<Offer> offers, Map<Offer, Outcome> outcomes, Sources sources) {
        sources.notes().forEach(note -> console.err().println("note: " + note));
        List<Map<String, Object>> all = new ArrayList<>();
        ExitCode code = ExitCode.FINE;
        for (Offer offer : offers) {
            Outcome outcome = outcomes.get(offer);
            if (outcome instanceof Outcome.Decided decided) {
                Decision decision = new Decision(offer, decided);
                all.add(decision.forPrograms(arguments.verb()));
                if (!arguments.json()) {
                    decision.lines(arguments.verb()).forEach(console.out()::println);
                }
                code = code.worseOf(codeOf(decided));
            } else if (outcome instanceof Outcome.Undecided undecided) {
                all.add(Map.of("policy", offer.name().toString(), "undecided", undecided.why()));
                code = code.worseOf(refuse(undecided.why()));
            }
        }
        if (arguments.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("policies", all);
            answer.put("notes", sources.notes());
            Report.print(answer, console.out());
        }
        return code;
    }

    private ExitCode codeOf(Outcome.Decided decided) {
        boolean something = arguments.verb() == Verb.PLAN
                ? !decided.report().plan().actions().isEmpty()
                : decided.answer().ending() instanceof Answer.Ending.NotOnePerson;
        return something ? ExitCode.SOMETHING : ExitCode.FINE;
    }

    private ExitCode noneDecided(List<String> why) {
        if (arguments.json()) {
            Report.print(Map.of("policies", List.of(), "undecided", why), console.out());
        }
        return refuse(why);
    }

    private ExitCode refuse(List<String> why) {
        why.forEach(console.err()::println);
        return ExitCode.NO_ANSWER;
    }
}
