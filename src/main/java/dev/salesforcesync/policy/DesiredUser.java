package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.PolicyRules.Apply;
import java.util.List;
import java.util.Optional;

/**
 * What one Salesforce user should look like, as far as the policy answers for it.
 *
 * @param fields owned fields in the order of their names, Username among them; profile and role stand apart
 * @param profile empty when no group gives one: then an existing profile is left alone and nobody is created
 * @param role empty when no group gives one: then an existing role is left alone
 * @param rights permission sets, groups and queues, of the kinds that the policy manages
 * @param usernames the names the user may have, the preferred one first, which is also the value of Username
 * @param references owned fields that refer to other people, in the order of their names
 * @param obstacle why the user cannot be created, if it does not exist yet: a field that is written on creation only has
 *     no value that fits
 */
public record DesiredUser(
        List<DesiredField> fields,
        Optional<Grant> profile,
        Optional<Grant> role,
        DesiredRights rights,
        List<String> usernames,
        List<DesiredReference> references,
        Optional<Obstacle> obstacle) {
    public DesiredUser {
        fields = List.copyOf(fields);
        usernames = List.copyOf(usernames);
        references = List.copyOf(references);
    }

    /** The value wanted for a field; empty when there is none or it is to be cleared. */
    public Optional<String> value(String field) {
        return fields.stream().filter(f -> f.name().equals(field)).findFirst().flatMap(DesiredField::value);
    }

    /** Never shows values, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "DesiredUser[" + fields.size() + " fields]";
    }

    /**
     * One owned field.
     *
     * @param value empty to clear it
     * @param sensitive its values are shown nowhere
     */
    public record DesiredField(String name, Optional<String> value, Apply apply, boolean sensitive) {
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

        DesiredReference to(Optional<ObjectGuid> found, boolean proven) {
            return new DesiredReference(field, dn, found, proven, apply, clear, sensitive);
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
