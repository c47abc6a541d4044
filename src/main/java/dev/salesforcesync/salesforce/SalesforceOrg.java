package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.SignInState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One org, entered with one set of credentials. Safe for use by several threads. Expected failures come back as
 * values, row by row where rows are written; nothing is ever written twice by this room on its own.
 */
public interface SalesforceOrg extends UserLookup, AutoCloseable {
    /** Rows per write call (SOAP API Developer Guide, create()). */
    int MAX_ROWS = 200;

    /** Parts of a composite call (REST API Developer Guide, "Composite"). */
    int MAX_PASSWORDS = 25;

    /** Who we are, which org this is, and what it offers: the connection test. */
    Result<OrgDescription> describe();

    /** Every internal user, active or not, with the fields asked for beside Id, Username, IsActive and ProfileId. */
    Result<List<SalesforceUser>> readUsers(Set<String> fields);

    /** The same org for what cannot wait: these reads may use what the budget keeps for urgent work. */
    UserLookup urgent();

    /**
     * Creates users, at most {@link #MAX_ROWS}; by upsert when an external-id field is given, which makes a repetition
     * harmless.
     *
     * @return one outcome per row, in order
     */
    List<RowOutcome> createUsers(List<Map<String, String>> rows, Optional<String> externalIdField);

    /** Updates users, at most {@link #MAX_ROWS}; one outcome per row, in order. */
    List<RowOutcome> updateUsers(List<UserUpdate> rows);

    /** Freezes or unfreezes sign-in, at most {@link #MAX_ROWS}; one outcome per row, in order. */
    List<RowOutcome> setFrozen(List<LoginRecord> records, boolean frozen);

    /**
     * Every right of these kinds that an internal user holds directly. What comes with a profile, a role or membership
     * of a group in a group is not among them; an org without permission-set groups has none.
     */
    Result<List<Assignment>> assignments(Set<EntitlementKind> kinds);

    /** The same for some users, internal or not. */
    Result<List<Assignment>> assignmentsOf(Set<EntitlementKind> kinds, Collection<SalesforceId> users);

    /**
     * Gives rights of one kind, at most {@link #MAX_ROWS}. A right that the user holds already is
     * {@link RowOutcome.Written} with the id of the row that was there; to find it costs one query for all such rows.
     *
     * @return one outcome per row, in order
     */
    List<RowOutcome> grant(EntitlementKind kind, List<NewAssignment> rows);

    /**
     * Takes rights of one kind by deleting their rows, at most {@link #MAX_ROWS}. A row that is gone already is
     * {@link RowOutcome.Written}.
     *
     * @return one outcome per row, in order
     */
    List<RowOutcome> withdraw(EntitlementKind kind, List<SalesforceId> rows);

    /**
     * What was written since the moment, which is by Salesforce's clock: internal users with the fields asked for, sign-in
     * records, and rows that give rights of these kinds. Costs one call, and one more for each further 2,000 rows.
     */
    Result<OrgNews> newsSince(Instant moment, Set<String> fields, Set<EntitlementKind> kinds);

    /** How each of these users may sign in, as far as they are there; up to 200 of them cost one call. */
    Result<List<SignInState>> signInStates(Collection<SalesforceId> users);

    /** Active users made since then who never had a password. */
    Result<Set<SalesforceId>> usersWithoutPassword(Instant createdSince);

    /**
     * Sets passwords, at most {@link #MAX_PASSWORDS}: in one call where the org takes that.
     *
     * @return one outcome per password, in order; a refusal by the org's password policy has a word for the rule
     */
    List<RowOutcome> setPasswords(List<NewPassword> passwords);

    /** Has Salesforce make a new password for a user and send its reset mail. */
    RowOutcome mailReset(SalesforceId user);

    /** Lets users in again who are locked out, at most {@link #MAX_ROWS} by their sign-in records. */
    List<RowOutcome> unlock(List<SalesforceId> logins);

    /** How often our credentials were refused within the last hour; to be kept for a later process. */
    Refusals refusals();

    /** API calls this object has sent since it was made, by operation. */
    Map<String, Long> callsSent();

    @Override
    void close();

    /**
     * A password to be set.
     *
     * @param secret in UTF-8; wiped by whoever hands it over
     */
    @SuppressWarnings("ArrayRecordComponent")
    record NewPassword(SalesforceId user, byte[] secret) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /** A user's sign-in record; freezing it blocks sign-in at once and keeps the seat. */
    record LoginRecord(SalesforceId id, SalesforceId user, boolean frozen) {}

    /**
     * A right to be given to a user.
     *
     * @param entitlement the permission set, permission-set group, permission-set licence, public group or queue
     */
    record NewAssignment(SalesforceId user, SalesforceId entitlement) {}

    /**
     * New values for some fields of one user.
     *
     * @param values new values by API name; an empty Optional clears the field
     */
    record UserUpdate(SalesforceId user, Map<String, Optional<String>> values) {
        public UserUpdate {
            values = Map.copyOf(values);
        }
    }
}
