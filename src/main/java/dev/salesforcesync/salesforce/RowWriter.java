package dev.salesforcesync.salesforce;

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
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes rows in one call and gives each its outcome, in the rows' order. */
final class RowWriter {
    private final SoapApi soap;

    RowWriter(SoapApi soap) {
        this.soap = soap;
    }

    List<RowOutcome> create(List<Draft> drafts) {
        return write("create", drafts, (connection, rows) -> saved(connection.create(rows)));
    }

    List<RowOutcome> upsert(String externalIdField, List<Draft> drafts) {
        return write("upsert", drafts, (connection, rows) -> upserted(connection.upsert(externalIdField, rows)));
    }

    List<RowOutcome> update(List<Draft> drafts) {
        return write("update", drafts, (connection, rows) -> saved(connection.update(rows)));
    }

    /** The same outcome for all rows. */
    static List<RowOutcome> all(int rows, RowOutcome outcome) {
        return java.util.Collections.nCopies(rows, outcome);
    }

    private interface Write {
        List<RowOutcome> on(PartnerConnection connection, SObject[] rows) throws ConnectionException;
    }

    private List<RowOutcome> write(String operation, List<Draft> drafts, Write write) {
        SObject[] rows = drafts.stream()
                .filter(Draft.Ready.class::isInstance)
                .map(draft -> ((Draft.Ready) draft).object())
                .toArray(SObject[]::new);
        List<RowOutcome> outcomes =
                rows.length == 0 ? List.of() : outcomes(rows.length, soap.call(operation, on -> write.on(on, rows)));
        Iterator<RowOutcome> next = outcomes.iterator();
        List<RowOutcome> inOrder = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            inOrder.add(draft instanceof Draft.Rejected rejected ? rejected.refused() : next.next());
        }
        return List.copyOf(inOrder);
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

    private static List<RowOutcome> saved(SaveResult[] results) {
        return map(results, result -> outcome(result.isSuccess(), result.getId(), result.getErrors()));
    }

    private static List<RowOutcome> upserted(UpsertResult[] results) {
        return map(results, result -> outcome(result.isSuccess(), result.getId(), result.getErrors()));
    }

    private static <R> List<RowOutcome> map(R[] results, Function<R, RowOutcome> outcome) {
        return Arrays.stream(results).map(outcome).toList();
    }

    /** The first error of a row counts. */
    private static RowOutcome outcome(boolean success, String id, Error[] errors) {
        if (success) {
            return written(id);
        }
        if (errors == null || errors.length == 0 || errors[0].getStatusCode() == null) {
            return new RowOutcome.Unknown(NetworkErrors.unreadable());
        }
        Error first = errors[0];
        return SalesforceErrors.row(
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
