package dev.salesforcesync.policy;

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
 * @param obstacle why the user cannot be created, if it does not exist yet: a field that is written on creation only has
 *     no value that fits
 */
public record DesiredUser(
        List<DesiredField> fields,
        Optional<Grant> profile,
        Optional<Grant> role,
        DesiredRights rights,
        Optional<Obstacle> obstacle) {
    public DesiredUser {
        fields = List.copyOf(fields);
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
