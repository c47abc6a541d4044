package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.DesiredUser.Obstacle;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.expression.DistinguishedName;
import dev.salesforcesync.policy.expression.Expression;
import dev.salesforcesync.policy.expression.Facts;
import dev.salesforcesync.policy.expression.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules that were found to hold together and to fit the org. Immutable, but for a memory of earlier answers that no
 * answer depends on; safe for use by several threads.
 */
public final class CompiledPolicy {
    /** Attributes that every read has anyway and that {@link Facts} hold as text. */
    private static final List<String> ALWAYS_READ = List.of("objectGUID", "distinguishedName");

    private static final String USERNAME = "Username";

    private final PolicyRules rules;
    private final Parts parts;
    private final Set<String> fieldsByGroups;
    private final DesireMemory memory;

    /** Present once somebody refers to somebody. */
    private volatile Optional<PeopleByName> names = Optional.empty();

    private final List<KnownAnswers> answers;

    CompiledPolicy(PolicyRules rules, Parts parts) {
        this.rules = rules;
        this.parts = parts;
        this.fieldsByGroups = fieldsByGroups(parts);
        this.answers = parts.fields().stream().map(KnownAnswers::new).toList();
        this.memory = new DesireMemory(expressions().anyMatch(Expression::mentionsTime));
    }

    private static Set<String> fieldsByGroups(Parts parts) {
        Set<String> variables = new HashSet<>();
        parts.variables().forEach((name, expression) -> {
            if (asksForGroups(expression, variables)) {
                variables.add(name);
            }
        });
        return Stream.concat(parts.fields().stream(), parts.usernames().stream())
                .filter(field -> asksForGroups(field.expression(), variables))
                .map(CompiledField::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean asksForGroups(Expression expression, Set<String> variables) {
        return expression.mentionsGroups()
                || expression.variablesRead().stream().anyMatch(variables::contains);
    }

    /**
     * What compiling made of the rules.
     *
     * @param where at most one
     * @param fields in the order of their names
     * @param usernames the candidates for Username in their order; the first stands among the fields, too
     * @param profiles in the order of the rules
     * @param roles in the order of the rules
     * @param rights what groups give and deny beside that
     * @param org what expressions know of the org
     */
    record Parts(
            List<Expression> where,
            Map<String, Expression> variables,
            List<CompiledField> fields,
            List<CompiledField> usernames,
            List<CompiledKey> matching,
            List<Grant> profiles,
            List<Grant> roles,
            CompiledRights rights,
            Map<String, String> org) {}

    /** A matching key, ready to be evaluated. */
    record CompiledKey(String field, Expression expression) {}

    /** The rules as written. */
    public PolicyRules rules() {
        return rules;
    }

    /** The directory attributes that the rules read, beside the person's identity and place. */
    public Set<String> attributesRead() {
        Set<String> attributes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        expressions().forEach(expression -> attributes.addAll(expression.attributesRead()));
        ALWAYS_READ.forEach(attributes::remove);
        return attributes;
    }

    /** The groups that the rules name, as they name them. */
    public Set<String> groupsRead() {
        Set<String> groups = new TreeSet<>(rules.scope().groups());
        rules.profiles().forEach(rule -> groups.add(rule.group()));
        rules.roles().forEach(rule -> groups.add(rule.group()));
        groups.addAll(parts.rights().groups());
        expressions().forEach(expression -> groups.addAll(expression.groupsRead()));
        return groups;
    }

    /** The User fields to observe: owned ones, those of matching keys, the anchor, and what planning needs. */
    public Set<String> fieldsRead() {
        Set<String> fields = new TreeSet<>(List.of("Username", "IsActive", "ProfileId"));
        parts.fields().forEach(field -> fields.add(field.name()));
        rules.matching().forEach(key -> fields.add(key.field()));
        rules.anchorField().ifPresent(fields::add);
        if (!rules.roles().isEmpty()) {
            fields.add("UserRoleId");
        }
        return fields;
    }

    private Stream<Expression> expressions() {
        return Stream.of(
                        parts.where().stream(),
                        parts.variables().values().stream(),
                        parts.usernames().stream().map(CompiledField::expression),
                        parts.fields().stream().map(CompiledField::expression),
                        parts.matching().stream().map(CompiledKey::expression))
                .flatMap(all -> all);
    }

    /**
     * What the rules want for everybody in the picture, at {@code now}. After an incomplete read a profile or role
     * counts only if no rule before it could have fitted, and a right only if no rule denies it to anybody: that somebody
     * is not in a group is not proven. Who is as he was when this was asked last is not evaluated again.
     */
    public Map<ObjectGuid, Desire> desires(DirectoryPicture picture, Instant now) {
        Map<ObjectGuid, Set<String>> groups = GroupSets.of(picture.memberships());
        Map<ObjectGuid, Desire> desires = memory.desires(picture, groups, now, this::desire);
        names = Optional.empty();
        return resolved(desires, picture);
    }

    /**
     * The same for some people of the picture, at a cost that depends on how many they are and not on how many there
     * are. Who is not in the picture is not in the answer.
     */
    Map<ObjectGuid, Desire> desiresOf(Set<ObjectGuid> people, DirectoryPicture picture, Instant now) {
        Map<ObjectGuid, Desire> desires = memory.desiresOf(people, picture, now, this::desire);
        names.ifPresent(known -> desires.keySet()
                .forEach(guid ->
                        known.note(Objects.requireNonNull(picture.people().get(guid)))));
        return resolved(desires, picture);
    }

    /** Whose user should refer to one of these, who may be gone from the picture, as was found when they were asked for. */
    public Set<ObjectGuid> referringTo(Set<ObjectGuid> people, DirectoryPicture picture) {
        if (names.isEmpty()) {
            return Set.of();
        }
        Set<String> theirNames = people.stream()
                .flatMap(
                        guid -> Optional.ofNullable(picture.people().get(guid))
                                .map(Person::dn)
                                .or(() -> memory.formerName(guid))
                                .stream())
                .map(DistinguishedName::canonical)
                .collect(Collectors.toSet());
        return theirNames.isEmpty()
                ? Set.of()
                : memory.referring(reference -> theirNames.contains(DistinguishedName.canonical(reference.dn())));
    }

    private Map<ObjectGuid, Desire> resolved(Map<ObjectGuid, Desire> desires, DirectoryPicture picture) {
        if (desires.values().stream()
                .anyMatch(desire -> !People.references(desire).isEmpty())) {
            PeopleByName known = names.orElseGet(() -> PeopleByName.of(picture.people()));
            names = Optional.of(known);
            new People(picture, known).resolve(desires);
        }
        if (!picture.completeness().isProven()) {
            desires.replaceAll((guid, desire) -> desire instanceof Desire.Wanted wanted ? certain(wanted) : desire);
        }
        return desires;
    }

    private Desire certain(Desire.Wanted wanted) {
        DesiredUser user = wanted.user();
        return new Desire.Wanted(
                wanted.person(),
                new DesiredUser(
                        user.fields().stream()
                                .filter(field -> !fieldsByGroups.contains(field.name()))
                                .toList(),
                        user.profile().filter(grant -> isFirst(grant, parts.profiles())),
                        user.role().filter(grant -> isFirst(grant, parts.roles())),
                        parts.rights().unproven(user.rights()),
                        fieldsByGroups.contains(USERNAME) ? List.of() : user.usernames(),
                        user.references().stream()
                                .filter(reference -> !fieldsByGroups.contains(reference.field()))
                                .toList(),
                        user.obstacle()));
    }

    private static boolean isFirst(Grant grant, Collection<Grant> grants) {
        return grants.stream().findFirst().filter(grant::equals).isPresent();
    }

    /** What the rules want for one person who is in the groups named, at {@code now}. */
    public Desire desire(Person person, Set<String> groups, Instant now) {
        List<String> scope = rules.scope().groups();
        if (!scope.isEmpty() && scope.stream().noneMatch(groups::contains)) {
            return new Desire.OutOfScope(person.guid(), "in none of the groups");
        }
        Facts facts = facts(person, groups, now);
        for (Expression where : parts.where()) {
            Outcome outcome = where.evaluate(facts);
            if (outcome instanceof Outcome.Truth truth) {
                if (!truth.value()) {
                    return new Desire.OutOfScope(person.guid(), "not meant by scope.where");
                }
            } else {
                Outcome.Failed failed =
                        outcome instanceof Outcome.Failed known ? known : new Outcome.Failed("ExpressionFailed", -1);
                return new Desire.Problem(person.guid(), failed.code(), "scope.where", CompiledField.explain(failed));
            }
        }
        return fields(person, groups, facts);
    }

    private Desire fields(Person person, Set<String> groups, Facts facts) {
        List<DesiredField> wanted = new ArrayList<>();
        List<DesiredReference> references = new ArrayList<>();
        List<Obstacle> obstacles = new ArrayList<>();
        List<String> usernames = new ArrayList<>();
        for (KnownAnswers known : answers) {
            CompiledField field = known.field();
            CompiledField.Result result =
                    field.name().equals(USERNAME) ? username(facts, usernames) : known.evaluate(facts);
            if (result instanceof CompiledField.Result.Problem problem) {
                if (field.apply() != Apply.ON_CREATE) {
                    return new Desire.Problem(person.guid(), problem.code(), field.name(), problem.message());
                }
                obstacles.add(new Obstacle(problem.code(), field.name(), problem.message()));
            } else if (result instanceof CompiledField.Result.Value value) {
                wanted.add(value.field());
            } else if (result instanceof CompiledField.Result.Refers refers) {
                references.add(refers.reference());
            }
        }
        return new Desire.Wanted(
                person.guid(),
                new DesiredUser(
                        wanted,
                        first(parts.profiles(), groups),
                        first(parts.roles(), groups),
                        parts.rights().of(groups),
                        usernames,
                        references,
                        obstacles.stream().findFirst()));
    }

    /** The first candidate that has a value; all values, without those that come again, go into {@code names}. */
    private CompiledField.Result username(Facts facts, List<String> names) {
        List<CompiledField.Result> results = new ArrayList<>();
        for (CompiledField candidate : parts.usernames()) {
            CompiledField.Result result = candidate.evaluate(facts);
            results.add(result);
            if (result instanceof CompiledField.Result.Value value) {
                value.field()
                        .value()
                        .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
                        .ifPresent(names::add);
            }
        }
        return results.stream()
                .filter(CompiledField.Result.Value.class::isInstance)
                .findFirst()
                .orElseGet(() -> results.get(0));
    }

    private static Optional<Grant> first(Collection<Grant> grants, Set<String> groups) {
        return grants.stream().filter(grant -> groups.contains(grant.group())).findFirst();
    }

    /** What expressions may know of the person, variables included. */
    Facts facts(Person person, Set<String> groups, Instant now) {
        Facts facts = new Facts(
                Facts.attributes(person),
                groups.stream().sorted().toList(),
                parts.org(),
                rules.lookups(),
                Map.of(),
                person.account().enabled(),
                person.account().expired(now),
                person.account().lockedOut(),
                now);
        if (parts.variables().isEmpty()) {
            return facts;
        }
        Map<String, String> results = new HashMap<>();
        for (Map.Entry<String, Expression> variable : parts.variables().entrySet()) {
            // A variable without an answer is not there: whoever needs it says so in his own field.
            if (variable.getValue().evaluate(facts) instanceof Outcome.Text text) {
                results.put(variable.getKey(), text.value());
                facts = facts.with(results);
            }
        }
        return facts;
    }

    /** What is evaluated for everybody who is meant, beside variables, in its order. */
    List<Expression> programs() {
        Stream<Expression> fields = parts.fields().stream()
                .filter(field -> !field.name().equals(USERNAME))
                .map(CompiledField::expression);
        return Stream.of(
                        parts.where().stream(),
                        fields,
                        parts.usernames().stream().map(CompiledField::expression))
                .flatMap(all -> all)
                .toList();
    }

    /** For how many people the rules were evaluated when {@link #desires} was asked last. */
    int evaluated() {
        return memory.evaluated();
    }

    List<CompiledKey> matching() {
        return parts.matching();
    }
}
