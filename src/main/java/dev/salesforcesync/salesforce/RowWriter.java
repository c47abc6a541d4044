package dev.salesforcesync.salesforce;

import com.sforce.soap.partner.DeleteResult;
import com.sforce.soap.partner.Error;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.UserRows.Draft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes rows in one call and gives each its outcome, in the rows' order. Rows refused for a lock are sent again in
 * smaller calls.
 */
final class RowWriter {
    private static final String ROLE = "UserRoleId";

    /** What Salesforce says of the id of a row that somebody else has deleted. */
    private static final Set<String> GONE = Set.of("ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND");

    private final SoapApi soap;
    private final LockPause pause;
    private final ReentrantLock membership = new ReentrantLock(true);

    RowWriter(SoapApi soap, LockPause pause) {
        this.soap = soap;
        this.pause = pause;
    }

    List<RowOutcome> create(List<Draft> drafts, Urgency urgency) {
        return write("create", urgency, drafts, (connection, rows) -> saved(rows, connection.create(rows)));
    }

    List<RowOutcome> upsert(String externalIdField, List<Draft> drafts) {
        return write(
                "upsert",
                Urgency.JOINER,
                drafts,
                (connection, rows) -> upserted(rows, connection.upsert(externalIdField, rows)));
    }

    List<RowOutcome> update(List<Draft> drafts, Urgency urgency) {
        return write("update", urgency, drafts, (connection, rows) -> saved(rows, connection.update(rows)));
    }

    /** Deletes rows of one object; a row that is not there any more counts as deleted. */
    List<RowOutcome> delete(String object, List<SalesforceId> ids) {
        LockRetry<SalesforceId> sending = new LockRetry<>(
                pause,
                batch -> outcomes(
                        batch.size(),
                        soap.call(
                                "delete",
                                Urgency.CHANGE,
                                on -> deleted(
                                        object,
                                        batch,
                                        on.delete(batch.stream()
                                                .map(SalesforceId::value)
                                                .toArray(String[]::new))))));
        return inTurn(object.equals(EntitlementRows.MEMBER), ids, sending);
    }

    /** The same outcome for all rows. */
    static List<RowOutcome> all(int rows, RowOutcome outcome) {
        return Collections.nCopies(rows, outcome);
    }

    private interface Write {
        List<RowOutcome> on(PartnerConnection connection, SObject[] rows) throws ConnectionException;
    }

    private List<RowOutcome> write(String operation, Urgency urgency, List<Draft> drafts, Write write) {
        List<SObject> rows = drafts.stream()
                .filter(Draft.Ready.class::isInstance)
                .map(draft -> ((Draft.Ready) draft).object())
                .toList();
        LockRetry<SObject> sending = new LockRetry<>(
                pause,
                batch -> outcomes(
                        batch.size(),
                        soap.call(operation, urgency, on -> write.on(on, batch.toArray(SObject[]::new)))));
        List<RowOutcome> outcomes =
                rows.isEmpty() ? List.of() : inTurn(rows.stream().anyMatch(RowWriter::locksMembership), rows, sending);
        Iterator<RowOutcome> next = outcomes.iterator();
        List<RowOutcome> inOrder = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            inOrder.add(draft instanceof Draft.Rejected rejected ? rejected.refused() : next.next());
        }
        return List.copyOf(inOrder);
    }

    /**
     * Rows with a role and members of groups go one call at a time: each takes the org's group-membership lock, so that
     * parallel calls only refuse each other (Designing Record Access for Enterprise Scale, "Group Membership Locking").
     */
    private <R> List<RowOutcome> inTurn(boolean locksMembership, List<R> rows, LockRetry<R> sending) {
        if (!locksMembership) {
            return sending.write(rows);
        }
        try {
            membership.lockInterruptibly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return all(rows.size(), new RowOutcome.NotSent(NetworkErrors.of(stopped)));
        }
        try {
            return sending.write(rows);
        } finally {
            membership.unlock();
        }
    }

    private static boolean locksMembership(SObject row) {
        boolean cleared = Optional.ofNullable(row.getFieldsToNull()).stream()
                .flatMap(Arrays::stream)
                .anyMatch(ROLE::equalsIgnoreCase);
        return cleared || row.getField(ROLE) != null || EntitlementRows.MEMBER.equals(row.getType());
    }

    private static List<RowOutcome> outcomes(int rows, SoapReply<List<RowOutcome>> reply) {
        if (reply instanceof SoapReply.Answer<List<RowOutcome>> answer) {
            boolean complete = answer.value().size() == rows;
            return complete ? answer.value() : all(rows, new RowOutcome.Unknown(NetworkErrors.unreadable()));
        }
        if (reply instanceof SoapReply.Refusal<List<RowOutcome>> refusal) {
            return all(rows, new RowOutcome.Refused(refusal.failure(), List.of()));
        }
        if (reply instanceof SoapReply.NoEffect<List<RowOutcome>> none) {
            return all(rows, new RowOutcome.NotSent(none.failure()));
        }
        return all(rows, new RowOutcome.Unknown(((SoapReply.Doubt<List<RowOutcome>>) reply).failure()));
    }

    private static List<RowOutcome> saved(SObject[] rows, SaveResult[] results) {
        return map(results, result -> outcome(type(rows), result.isSuccess(), result.getId(), result.getErrors()));
    }

    private static List<RowOutcome> upserted(SObject[] rows, UpsertResult[] results) {
        return map(results, result -> outcome(type(rows), result.isSuccess(), result.getId(), result.getErrors()));
    }

    private static List<RowOutcome> deleted(String object, List<SalesforceId> ids, DeleteResult[] results) {
        List<RowOutcome> outcomes = new ArrayList<>(results.length);
        for (int i = 0; i < results.length && i < ids.size(); i++) {
            DeleteResult result = results[i];
            // A refused row has no id in its answer.
            boolean gone = result.isSuccess() || isGone(result.getErrors());
            outcomes.add(
                    gone
                            ? new RowOutcome.Written(ids.get(i))
                            : outcome(object, false, ids.get(i).value(), result.getErrors()));
        }
        return outcomes;
    }

    private static boolean isGone(Error[] errors) {
        return errors != null
                && errors.length > 0
                && errors[0].getStatusCode() != null
                && GONE.contains(errors[0].getStatusCode().name());
    }

    /** A call has rows of one object only. */
    private static String type(SObject[] rows) {
        return rows.length == 0 ? "" : rows[0].getType();
    }

    private static <R> List<RowOutcome> map(R[] results, Function<R, RowOutcome> outcome) {
        return Arrays.stream(results).map(outcome).toList();
    }

    /** The first error of a row counts. */
    private static RowOutcome outcome(String object, boolean success, String id, Error[] errors) {
        if (success) {
            return written(id);
        }
        if (errors == null || errors.length == 0 || errors[0].getStatusCode() == null) {
            return new RowOutcome.Unknown(NetworkErrors.unreadable());
        }
        Error first = errors[0];
        return SalesforceErrors.row(
                object,
                first.getStatusCode().name(),
                Optional.ofNullable(first.getMessage()).orElse(""),
                Optional.ofNullable(first.getFields()).map(List::of).orElse(List.of()));
    }

    private static RowOutcome written(String id) {
        try {
            return new RowOutcome.Written(new SalesforceId(id == null ? "" : id));
        } catch (IllegalArgumentException noId) {
            Failure failure = NetworkErrors.unreadable();
            return new RowOutcome.Unknown(failure);
        }
    }
}
