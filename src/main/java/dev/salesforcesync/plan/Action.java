package dev.salesforcesync.plan;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One thing to do to one Salesforce user, for one person, for one reason. */
public sealed interface Action {
    ObjectGuid person();

    /** Why, as a stable word or short sentence without values. */
    String reason();

    /** What it means, for the guard. */
    Set<Kind> kinds();

    /** What it does to the user's row, by field; empty where it does something else. */
    SortedMap<String, Change> changes();

    /** The user; empty for {@link Create}, and for what happens to a user whom the same plan creates. */
    Optional<SalesforceId> existingUser();

    /** The right that it gives or takes; empty for everything that concerns the user's own row. */
    default Optional<GivenRight> right() {
        return Optional.empty();
    }

    /** What it is about, without values: names of fields, or the name of the right. */
    default List<String> subjects() {
        return List.copyOf(changes().keySet());
    }

    /** The digest of everything the action does, values included, its reason left out. */
    default String key() {
        return Canonical.key(this);
    }

    /**
     * Adds a user.
     *
     * @param changes all fields of the new row, ProfileId and, where wanted, UserRoleId among them
     * @param otherUsernames what else he may be called if the name is taken in another org, in this order
     * @param privileged whether the profile may manage users or modify all data
     */
    record Create(
            ObjectGuid person,
            SortedMap<String, Change> changes,
            List<String> otherUsernames,
            boolean privileged,
            String reason)
            implements Action {
        public Create {
            changes = sorted(changes);
            otherUsernames = List.copyOf(otherUsernames);
        }

        /** Without any other name. */
        public Create(ObjectGuid person, SortedMap<String, Change> changes, boolean privileged, String reason) {
            this(person, changes, List.of(), privileged, reason);
        }

        /** The same under another name; empty when there is none left. */
        public Optional<Create> renamed() {
            if (otherUsernames.isEmpty()) {
                return Optional.empty();
            }
            SortedMap<String, Change> row = new TreeMap<>(changes);
            row.put(Fields.USERNAME, new Change(Optional.empty(), Optional.of(otherUsernames.get(0)), false));
            return Optional.of(
                    new Create(person, row, otherUsernames.subList(1, otherUsernames.size()), privileged, reason));
        }

        @Override
        public Set<Kind> kinds() {
            return privileged ? EnumSet.of(Kind.CREATE, Kind.GRANT_PRIVILEGED) : EnumSet.of(Kind.CREATE);
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return Optional.empty();
        }
    }

    /**
     * Writes fields of an active user.
     *
     * @param privileged whether a profile among the changes may manage users or modify all data
     */
    record Update(
            ObjectGuid person, SalesforceId user, SortedMap<String, Change> changes, boolean privileged, String reason)
            implements Action {
        public Update {
            changes = sorted(changes);
        }

        @Override
        public Set<Kind> kinds() {
            return Fields.kinds(changes.keySet(), privileged);
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return Optional.of(user);
        }
    }

    /** Blocks sign-in and keeps the seat (UserLogin.IsFrozen). */
    record Freeze(ObjectGuid person, SalesforceId user, String reason) implements Action {
        @Override
        public Set<Kind> kinds() {
            return EnumSet.of(Kind.DEACTIVATE);
        }

        @Override
        public SortedMap<String, Change> changes() {
            return Collections.emptySortedMap();
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return Optional.of(user);
        }
    }

    /** Frees the seat (User.IsActive). */
    record Deactivate(ObjectGuid person, SalesforceId user, String reason) implements Action {
        @Override
        public Set<Kind> kinds() {
            return EnumSet.of(Kind.DEACTIVATE);
        }

        @Override
        public SortedMap<String, Change> changes() {
            return sorted(Map.of("IsActive", new Change(Optional.of("true"), Optional.of("false"), false)));
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return Optional.of(user);
        }
    }

    /**
     * Gives back what a hold of ours took.
     *
     * @param activate whether IsActive is to be set; then it stands in {@code changes} too, with all other fields of
     *     the same row
     * @param unfreeze whether sign-in is to be opened again after that
     */
    record Reactivate(
            ObjectGuid person,
            SalesforceId user,
            SortedMap<String, Change> changes,
            boolean activate,
            boolean unfreeze,
            boolean privileged,
            String reason)
            implements Action {
        public Reactivate {
            changes = sorted(changes);
        }

        @Override
        public Set<Kind> kinds() {
            EnumSet<Kind> kinds = EnumSet.of(Kind.REACTIVATE);
            kinds.addAll(Fields.kinds(changes.keySet(), privileged));
            return kinds;
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return Optional.of(user);
        }
    }

    /**
     * Gives a right that groups give.
     *
     * @param user empty while the same plan is still to create him
     * @param returning whether the same plan has to activate him first
     * @param groups the directory groups that give it, as the policy names them
     */
    record Assign(
            ObjectGuid person,
            Optional<SalesforceId> user,
            Entitlement entitlement,
            boolean returning,
            List<String> groups)
            implements Action {
        public Assign {
            groups = List.copyOf(groups);
        }

        @Override
        public String reason() {
            return "GivenBy " + String.join("; ", groups);
        }

        @Override
        public Set<Kind> kinds() {
            return entitlement.privileged()
                    ? EnumSet.of(Kind.GRANT_ENTITLEMENT, Kind.GRANT_PRIVILEGED)
                    : EnumSet.of(Kind.GRANT_ENTITLEMENT);
        }

        @Override
        public SortedMap<String, Change> changes() {
            return Collections.emptySortedMap();
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return user;
        }

        @Override
        public Optional<GivenRight> right() {
            return Optional.of(new GivenRight(entitlement.kind(), entitlement.id()));
        }

        @Override
        public List<String> subjects() {
            return List.of(entitlement.name());
        }
    }

    /**
     * Makes a field refer to another person's user, after everybody is there whom the same plan creates.
     *
     * @param user empty while the same plan is still to create him
     * @param change the ids; {@link #awaited} stands for the id of a user who is not there yet
     * @param target whose user the field is to hold; empty to clear it
     */
    record Refer(
            ObjectGuid person,
            Optional<SalesforceId> user,
            String field,
            Change change,
            Optional<ObjectGuid> target,
            String reason)
            implements Action {

        /** What stands for the id of a user whom the same plan creates for that person. */
        static String awaited(ObjectGuid person) {
            return "user of " + person;
        }

        /** Whether the same plan is still to create the user referred to. */
        public boolean awaits() {
            return target.isPresent() && change.after().equals(target.map(Refer::awaited));
        }

        @Override
        public Set<Kind> kinds() {
            return EnumSet.of(Kind.UPDATE);
        }

        @Override
        public SortedMap<String, Change> changes() {
            return sorted(Map.of(field, change));
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return user;
        }
    }

    /**
     * Takes a right away.
     *
     * @param row by which he holds it
     * @param name of the right
     */
    record Withdraw(ObjectGuid person, Assignment row, String name, String reason) implements Action {
        @Override
        public Set<Kind> kinds() {
            return EnumSet.of(Kind.REMOVE_ENTITLEMENT);
        }

        @Override
        public SortedMap<String, Change> changes() {
            return Collections.emptySortedMap();
        }

        @Override
        public Optional<SalesforceId> existingUser() {
            return Optional.of(row.user());
        }

        @Override
        public Optional<GivenRight> right() {
            return Optional.of(new GivenRight(row.kind(), row.entitlement()));
        }

        @Override
        public List<String> subjects() {
            return List.of(name);
        }
    }

    private static SortedMap<String, Change> sorted(Map<String, Change> changes) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }
}
