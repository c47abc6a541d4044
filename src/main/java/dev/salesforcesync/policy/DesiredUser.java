package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OneOfEach;
import dev.salesforcesync.model.PackedTexts;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.PolicyRules.Apply;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one Salesforce user should look like, as far as the policy answers for it. Everybody's is kept, so what many have
 * in common is one object, and the rest one array of bytes.
 */
public final class DesiredUser {
    private static final OneOfEach<Form> FORMS = new OneOfEach<>();

    private static final String USERNAME = "Username";

    /** In the place of how many usernames there are and one: no other than the field's value. */
    private static final int ONLY_ONE = 0;

    private final Form form;
    private final byte[] values;

    /**
     * What the rules came to.
     *
     * @param fields owned fields in the order of their names, Username among them; profile and role stand apart
     * @param profile empty when no group gives one: then an existing profile is left alone and nobody is created
     * @param role empty when no group gives one: then an existing role is left alone
     * @param rights permission sets, groups and queues, of the kinds that the policy manages
     * @param usernames the names the user may have, the preferred one first, which is also the value of Username
     * @param references owned fields that refer to other people, in the order of their names
     * @param obstacle why the user cannot be created, if it does not exist yet: a field that is written on creation only
     *     has no value that fits
     */
    public DesiredUser(
            List<DesiredField> fields,
            Optional<Grant> profile,
            Optional<Grant> role,
            DesiredRights rights,
            List<String> usernames,
            List<DesiredReference> references,
            Optional<Obstacle> obstacle) {
        PackedTexts.Writer writer = new PackedTexts.Writer();
        fields.forEach(field -> writer.optional(field.value()));
        references.forEach(reference -> reference.write(writer));
        boolean onlyOne = usernames.equals(preferred(fields));
        writer.number(onlyOne ? ONLY_ONE : usernames.size() + 1);
        if (!onlyOne) {
            usernames.forEach(writer::text);
        }
        this.values = writer.bytes();
        this.form = FORMS.of(new Form(
                fields.stream().map(DesiredField::blank).toList(),
                references.stream().map(DesiredReference::blank).toList(),
                profile,
                role,
                rights,
                obstacle));
    }

    private static List<String> preferred(List<DesiredField> fields) {
        return fields.stream()
                .filter(field -> field.name().equals(USERNAME))
                .flatMap(field -> field.value().stream())
                .toList();
    }

    /** What is no person's own. The fields have no values. */
    private record Form(
            List<DesiredField> fields,
            List<DesiredReference> references,
            Optional<Grant> profile,
            Optional<Grant> role,
            DesiredRights rights,
            Optional<Obstacle> obstacle) {}

    public List<DesiredField> fields() {
        PackedTexts.Reader reader = new PackedTexts.Reader(values);
        return form.fields().stream()
                .map(field -> field.with(reader.optional()))
                .toList();
    }

    public List<DesiredReference> references() {
        if (form.references().isEmpty()) {
            return List.of();
        }
        PackedTexts.Reader reader = behindFields();
        return form.references().stream()
                .map(reference -> reference.read(reader))
                .toList();
    }

    public List<String> usernames() {
        PackedTexts.Reader reader = behindFields();
        form.references().forEach(reference -> reference.read(reader));
        int count = reader.number();
        return count == ONLY_ONE
                ? preferred(fields())
                : Stream.generate(reader::text).limit(count - 1L).toList();
    }

    private PackedTexts.Reader behindFields() {
        PackedTexts.Reader reader = new PackedTexts.Reader(values);
        form.fields().forEach(field -> reader.skipOptional());
        return reader;
    }

    public Optional<Grant> profile() {
        return form.profile();
    }

    public Optional<Grant> role() {
        return form.role();
    }

    public DesiredRights rights() {
        return form.rights();
    }

    public Optional<Obstacle> obstacle() {
        return form.obstacle();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DesiredUser user
                && form.equals(user.form)
                && (Arrays.equals(values, user.values)
                        || (fields().equals(user.fields())
                                && references().equals(user.references())
                                && usernames().equals(user.usernames())));
    }

    @Override
    public int hashCode() {
        return 31 * form.hashCode() + usernames().hashCode();
    }

    /** The value wanted for a field; empty when there is none or it is to be cleared. */
    public Optional<String> value(String field) {
        PackedTexts.Reader reader = new PackedTexts.Reader(values);
        for (DesiredField owned : form.fields()) {
            if (owned.name().equals(field)) {
                return reader.optional();
            }
            reader.skipOptional();
        }
        return Optional.empty();
    }

    /** Never shows values, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "DesiredUser[" + form.fields().size() + " fields]";
    }

    /**
     * One owned field.
     *
     * @param value empty to clear it
     * @param sensitive its values are shown nowhere
     */
    public record DesiredField(String name, Optional<String> value, Apply apply, boolean sensitive) {
        private DesiredField blank() {
            return with(Optional.empty());
        }

        private DesiredField with(Optional<String> other) {
            return new DesiredField(name, other, apply, sensitive);
        }

        @Override
        public String toString() {
            return "DesiredField[" + name + "]";
        }
    }

    /**
     * One owned field that refers to another person's user.
     *
     * @param dn the person's name in the directory; empty for nobody
     * @param person who that is, as far as the searches found him
     * @param certain whether it is proven that nobody else of that name could have been found
     * @param clear whether the field is emptied when the person has no user to refer to
     * @param sensitive its values are shown nowhere
     */
    public record DesiredReference(
            String field,
            String dn,
            Optional<ObjectGuid> person,
            boolean certain,
            Apply apply,
            boolean clear,
            boolean sensitive) {
        private static final int CERTAIN = 1;
        private static final int FOUND = 2;

        DesiredReference to(Optional<ObjectGuid> found, boolean proven) {
            return new DesiredReference(field, dn, found, proven, apply, clear, sensitive);
        }

        private DesiredReference blank() {
            return new DesiredReference(field, "", Optional.empty(), true, apply, clear, sensitive);
        }

        private void write(PackedTexts.Writer writer) {
            writer.text(dn);
            writer.number((certain ? CERTAIN : 0) | (person.isPresent() ? FOUND : 0));
            person.ifPresent(guid -> {
                writer.whole(guid.high());
                writer.whole(guid.low());
            });
        }

        private DesiredReference read(PackedTexts.Reader reader) {
            String name = reader.text();
            int known = reader.number();
            Optional<ObjectGuid> found = (known & FOUND) == 0
                    ? Optional.empty()
                    : Optional.of(new ObjectGuid(reader.whole(), reader.whole()));
            return new DesiredReference(field, name, found, (known & CERTAIN) != 0, apply, clear, sensitive);
        }

        @Override
        public String toString() {
            return "DesiredReference[" + field + "]";
        }
    }

    /**
     * A profile or role with the group that gave it.
     *
     * @param id its id in the org
     * @param group the group, as the policy names it
     * @param privileged whether it may manage users or modify all data
     */
    public record Grant(String name, SalesforceId id, String group, boolean privileged) {}

    /**
     * Why a user cannot be created.
     *
     * @param code a stable CamelCase word, such as {@code ValueTooLong}
     * @param message what to do, without any value of the person
     */
    public record Obstacle(String code, String field, String message) {}
}
