package dev.salesforcesync.policy;

import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.policy.AttributeDefaults.Default;
import dev.salesforcesync.policy.CompiledPolicy.CompiledKey;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Variable;
import dev.salesforcesync.policy.expression.Compilation;
import dev.salesforcesync.policy.expression.ExpectedType;
import dev.salesforcesync.policy.expression.Expression;
import dev.salesforcesync.policy.expression.Expressions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Turns rules into something that decides, or says everything that is wrong with them. */
public final class PolicyCompiler {
    private final PolicyRules rules;
    private final OrgDescription org;
    private final OrgCheck check;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Set<String> variables = new HashSet<>();

    private PolicyCompiler(PolicyRules rules, OrgDescription org) {
        this.rules = rules;
        this.org = org;
        this.check = new OrgCheck(rules, org, problems);
    }

    /** Compiles the expressions, checks the rules against the org, and runs their tests. */
    public static PolicyCompilation compile(PolicyRules rules, OrgDescription org) {
        return new PolicyCompiler(rules, org).compile();
    }

    /**
     * The same without an org: compiles the expressions, holds the rules against themselves and the connection's terms,
     * and runs their tests. Whether an org has what they name, and lets us write it, is left open; what was compiled is
     * fit for nothing but to be tried.
     */
    public static PolicyCompilation compile(PolicyRules rules) {
        return compile(rules, AssumedOrg.of(rules));
    }

    private PolicyCompilation compile() {
        Map<String, Expression> named = variables();
        List<Expression> where = new ArrayList<>();
        rules.scope()
                .where()
                .flatMap(source -> expression("spec.scope.where", source, ExpectedType.BOOL))
                .ifPresent(where::add);
        check.names();
        List<CompiledField> usernames = usernames();
        List<CompiledField> fields = fields(usernames);
        CompiledPolicy.Parts parts = new CompiledPolicy.Parts(
                List.copyOf(where),
                Collections.unmodifiableMap(named),
                fields,
                usernames,
                matching(fields),
                check.profiles(),
                check.roles(),
                new RightsCheck(rules, org, problems).rights(),
                Map.of(
                        "usernameSuffix", rules.connection().usernameSuffix(),
                        "name", org.organization().name(),
                        "id", org.organization().id().value()));
        if (problems.isEmpty()) {
            CompiledPolicy policy = new CompiledPolicy(rules, parts);
            problems.addAll(RuleTests.run(policy));
            if (problems.isEmpty()) {
                return new PolicyCompilation.Accepted(policy);
            }
        }
        return new PolicyCompilation.Refused(problems.stream().sorted().toList());
    }

    private Map<String, Expression> variables() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Variable variable : rules.variables()) {
            String path = "spec.variables." + variable.name();
            if (!variable.name().matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
                problem(path, "a variable's name is made of letters, digits and underscores");
            } else if (!variables.add(variable.name())) {
                problem(path, "there is another variable of that name; rename one");
            } else {
                sources.put(variable.name(), variable.expression());
            }
        }
        Map<String, Expression> compiled = new LinkedHashMap<>();
        sources.forEach((name, source) -> expression("spec.variables." + name, source, ExpectedType.STRING)
                .ifPresent(expression -> compiled.put(name, expression)));
        return inOrderOfUse(compiled);
    }

    /** The order of the resource says nothing: an API server does not keep the order of a map. */
    private Map<String, Expression> inOrderOfUse(Map<String, Expression> compiled) {
        Map<String, Expression> open = new TreeMap<>(compiled);
        Map<String, Expression> ordered = new LinkedHashMap<>();
        boolean moved = true;
        while (moved) {
            List<String> ready = open.entrySet().stream()
                    .filter(named -> named.getValue().variablesRead().stream().noneMatch(open::containsKey))
                    .map(Map.Entry::getKey)
                    .toList();
            ready.forEach(name -> ordered.put(name, compiled.get(name)));
            open.keySet().removeAll(ready);
            moved = !ready.isEmpty();
        }
        if (!open.isEmpty()) {
            problem(
                    "spec.variables",
                    String.join(", ", open.keySet())
                            + " refer to each other in a circle; write one without the others");
        }
        return ordered;
    }

    private List<CompiledField> fields(List<CompiledField> usernames) {
        List<CompiledField> fields = new ArrayList<>();
        Set<String> mentioned = new HashSet<>();
        for (int i = 0; i < rules.attributes().size(); i++) {
            AttributeRule rule = rules.attributes().get(i);
            String path = "spec.attributes[" + i + "]";
            if (!mentioned.add(rule.field())) {
                problem(path + ".field", "there is another rule for " + rule.field() + "; remove one");
            }
            Optional<UserField> describe = check.attribute(path + ".field", rule.field(), rule.apply());
            ExpectedType type = describe.map(PolicyCompiler::typeOf).orElse(ExpectedType.STRING);
            Optional<Expression> expression = expression(path + ".expression", rule.expression(), type);
            if (describe.isPresent() && expression.isPresent()) {
                fields.add(new CompiledField(
                        describe.get(), expression.get(), rule.apply(), rule.onNull(), rule.sensitive(), false, ""));
            }
        }
        for (Default rule : AttributeDefaults.ALL) {
            if (!mentioned.contains(rule.field()) && stands(rule)) {
                standard(rule).ifPresent(fields::add);
            }
        }
        usernames.stream().findFirst().ifPresent(fields::add);
        fields.sort(Comparator.comparing(CompiledField::name));
        return List.copyOf(fields);
    }

    private boolean stands(Default rule) {
        return rules.attributes().isEmpty() || AttributeDefaults.REQUIRED.contains(rule.field());
    }

    /** A default, as far as the org has the field and lets us write it. */
    private Optional<CompiledField> standard(Default rule) {
        Apply apply = rules.attributes().isEmpty() ? rule.apply() : Apply.ON_CREATE;
        String path = "spec.attributes (default of " + rule.field() + ")";
        Optional<UserField> describe = Optional.ofNullable(org.userFields().get(rule.field()))
                .filter(field -> OrgCheck.writeable(field, apply));
        if (describe.isEmpty()) {
            if (AttributeDefaults.REQUIRED.contains(rule.field())) {
                problem(path, "the integration user may not write this field; give it the right to");
            }
            return Optional.empty();
        }
        return expression(path, rule.expression(), ExpectedType.STRING)
                .map(expression -> new CompiledField(
                        describe.get(), expression, apply, OnNull.CLEAR, false, rule.lenient(), rule.fallback()));
    }

    /** The candidates, in their order. */
    private List<CompiledField> usernames() {
        List<Expression> candidates = new ArrayList<>();
        List<String> sources = rules.usernames().candidates();
        if (sources.isEmpty()) {
            expression("spec.usernames (default)", AttributeDefaults.USERNAME, ExpectedType.STRING)
                    .ifPresent(candidates::add);
        }
        for (int i = 0; i < sources.size(); i++) {
            expression("spec.usernames.candidates[" + i + "]", sources.get(i), ExpectedType.STRING)
                    .ifPresent(candidates::add);
        }
        Apply apply = rules.usernames().rename() ? Apply.ALWAYS : Apply.ON_CREATE;
        Optional<UserField> describe = check.writeable("spec.usernames", "Username", apply);
        return describe.stream()
                .flatMap(field -> candidates.stream()
                        .map(candidate -> new CompiledField(field, candidate, apply, OnNull.KEEP, false, false, "")))
                .toList();
    }

    /** The keys given; without any, whoever has the name that the person would get is the person's user. */
    private List<CompiledKey> matching(List<CompiledField> fields) {
        if (rules.matching().isEmpty()) {
            return fields.stream()
                    .filter(field -> field.name().equals("Username"))
                    .map(field -> new CompiledKey(field.name(), field.expression()))
                    .toList();
        }
        List<CompiledKey> keys = new ArrayList<>();
        for (int i = 0; i < rules.matching().size(); i++) {
            MatchingKey key = rules.matching().get(i);
            String path = "spec.matching[" + i + "]";
            boolean known = check.field(path + ".field", key.field()).isPresent();
            Optional<Expression> expression = expression(path + ".expression", key.expression(), ExpectedType.STRING);
            if (known && expression.isPresent()) {
                keys.add(new CompiledKey(key.field(), expression.get()));
            }
        }
        return List.copyOf(keys);
    }

    private Optional<Expression> expression(String path, String source, ExpectedType type) {
        Compilation compiled = Expressions.guarded().compile(source, type);
        if (compiled instanceof Compilation.Refused refused) {
            problem(path, refused.sentence());
            return Optional.empty();
        }
        Expression expression = ((Compilation.Compiled) compiled).expression();
        Set<String> unknown = new HashSet<>(expression.variablesRead());
        unknown.removeAll(variables);
        if (!unknown.isEmpty()) {
            problem(
                    path,
                    "there is no variable "
                            + String.join(", ", unknown.stream().sorted().toList())
                            + "; add it to spec.variables");
        }
        return Optional.of(expression);
    }

    private static ExpectedType typeOf(UserField field) {
        if (field.refersToUser()) {
            return ExpectedType.REFERENCE;
        }
        return field.type().equals("boolean") ? ExpectedType.BOOL : ExpectedType.STRING;
    }

    private void problem(String path, String message) {
        problems.add(new RuleProblem(path, message));
    }
}
