package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.Unrecognized;
import dev.salesforcesync.command.Resources.Placed;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.controller.ConnectionTranslation;
import dev.salesforcesync.controller.PolicyTranslation;
import dev.salesforcesync.controller.References;
import dev.salesforcesync.controller.SecretLookup;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.policy.PolicyCompilation;
import dev.salesforcesync.policy.PolicyCompiler;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds resources against each other and against what the reconcilers would say of them. */
final class Validation {
    private static final Pattern LEADING_PATH =
            Pattern.compile("^(spec(?:\\.\\w+|\\[\\d+\\])+)(?::\\s+|\\s+)?(.*)$", Pattern.DOTALL);

    private final Resources resources;
    private final Orgs orgs;
    private final ConnectionTranslation connections;
    private final PolicyTranslation policies;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> notChecked = new TreeSet<>();

    private Validation(Resources resources, OperatorConfig config, Orgs orgs) {
        this.resources = resources;
        this.orgs = orgs;
        this.connections = new ConnectionTranslation(config);
        this.policies = new PolicyTranslation(config);
    }

    /** What rules are held against beside themselves. */
    interface Orgs {
        /** No org at all. */
        Orgs NONE = new Orgs() {
            @Override
            public Optional<SalesforceConnection> connection(String namespace, String name) {
                return Optional.empty();
            }

            @Override
            public Optional<OrgDescription> describe(SalesforceConnection connection) {
                return Optional.empty();
            }
        };

        /** A connection, wherever it is; empty to look among the files alone. */
        Optional<SalesforceConnection> connection(String namespace, String name);

        /** What the org behind a connection says of itself; empty if it is not, or can't be, asked. */
        Optional<OrgDescription> describe(SalesforceConnection connection);
    }

    /**
     * What came of it.
     *
     * @param findings in the order of the documents
     * @param notChecked what could not be looked at, as sentences
     */
    record Outcome(List<Finding> findings, Set<String> notChecked) {
        Outcome {
            findings = List.copyOf(findings);
        }
    }

    static Outcome of(Resources resources, OperatorConfig config, Orgs orgs) {
        Validation validation = new Validation(resources, config, orgs);
        resources.connections().forEach(validation::connection);
        resources.policies().forEach(validation::policy);
        resources.schedules().forEach(validation::schedule);
        return new Outcome(validation.findings, validation.notChecked);
    }

    private void connection(Placed<SalesforceConnection> connection) {
        tellUnknownSecrets(connection.namespace(), References.secretsOf(connection.resource()));
        if (connections.translate(connection.resource(), secrets(connection.namespace()))
                instanceof Result.Failed<?> failed) {
            add(connection.document(), failed.failure());
        }
    }

    private void policy(Placed<SyncPolicy> policy) {
        tellUnknownSecrets(policy.namespace(), References.secretsOf(policy.resource()));
        String name = References.connectionOf(policy.resource());
        Optional<SalesforceConnection> connection = orgs.connection(policy.namespace(), name)
                .or(() -> resources.connection(policy.namespace(), name).map(Placed::resource));
        if (connection.isEmpty()) {
            notChecked.add(
                    "what the SalesforceConnection '" + name + "' allows: it is not among the files, or is wrong");
        }
        SecretLookup secrets = secrets(policy.namespace());
        Result<PolicyOrder> order = connection.isPresent()
                ? policies.translate(policy.resource(), connection, secrets)
                : policies.translate(policy.resource(), ConnectionTerms.NONE, secrets);
        if (order instanceof Result.Failed<PolicyOrder> failed) {
            add(policy.document(), failed.failure());
        } else if (order instanceof Result.Ok<PolicyOrder> ok) {
            rules(policy.document(), ok.value().rules(), connection.flatMap(orgs::describe));
        }
    }

    private void rules(Document document, PolicyRules rules, Optional<OrgDescription> described) {
        if (described.isEmpty()) {
            notChecked.add("fields, picklists, profiles, roles and rights of the org; give --org");
        }
        PolicyCompilation compilation = described
                .map(known -> PolicyCompiler.compile(rules, known))
                .orElseGet(() -> PolicyCompiler.compile(rules));
        if (compilation instanceof PolicyCompilation.Refused refused) {
            refused.problems().forEach(problem -> findings.add(document.finding(problem.path(), problem.message())));
        }
    }

    private void schedule(Placed<dev.salesforcesync.api.v1alpha1.LicenseSchedule> schedule) {
        Unrecognized.in(schedule.resource().getSpec())
                .forEach(field ->
                        findings.add(schedule.document().finding(field, "this version does not know the value")));
        notChecked.add("what LicenseSchedules do: this version does not act on them");
        String policy = schedule.resource().getSpec().policyRef().name();
        boolean there = resources.policies().stream()
                .anyMatch(other -> other.namespace().equals(schedule.namespace())
                        && other.name().equals(policy));
        if (!there) {
            notChecked.add("whether there is a SyncPolicy '" + policy + "': it is not among the files, or is wrong");
        }
    }

    private SecretLookup secrets(String namespace) {
        return SecretLookup.trusting(resources.secrets(namespace));
    }

    private void tellUnknownSecrets(String namespace, Set<String> names) {
        Set<String> known = new TreeSet<>();
        resources
                .secrets(namespace)
                .forEach(secret -> known.add(secret.getMetadata().getName()));
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> notChecked.add("the keys of the Secret '" + name + "': it is not among the files"));
    }

    private void add(Document document, Failure failure) {
        Matcher told = LEADING_PATH.matcher(failure.message());
        findings.add(
                told.matches()
                        ? document.finding(told.group(1), told.group(2))
                        : document.finding("spec", failure.message()));
    }
}
