package dev.salesforcesync.sandbox.salesforce.org;

import dev.salesforcesync.sandbox.salesforce.soql.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers of queries, part by part. To be called under the org's lock. */
final class Pages {
    private final Store store;
    private final Queries queries;
    private final Cursors cursors = new Cursors();

    Pages(Store store) {
        this.store = store;
        this.queries = new Queries(store);
    }

    ResultPage first(String userId, Query query, int size) {
        Queries.Found found = queries.find(query);
        if (query.count()) {
            return new ResultPage(found.rows().size(), Optional.empty(), List.of());
        }
        if (found.rows().size() <= size) {
            return page("", found, 0, size);
        }
        return page(cursors.keep(userId, found).key(), found, 0, size);
    }

    ResultPage next(String userId, String locator, int size) {
        int dash = locator.indexOf('-');
        String key = dash < 0 ? locator : locator.substring(0, dash);
        String offset = dash < 0 ? "" : locator.substring(dash + 1);
        Cursors.Cursor cursor = cursors.find(key, userId)
                .filter(found -> offset.matches("\\d{1,9}"))
                .orElseThrow(() -> new ApiRefusal(ErrorCode.INVALID_QUERY_LOCATOR, "invalid query locator"));
        ResultPage page = page(cursor.key(), cursor.found(), Integer.parseInt(offset), size);
        if (page.locator().isEmpty()) {
            cursors.close(key);
        }
        return page;
    }

    private ResultPage page(String key, Queries.Found found, int from, int size) {
        int total = found.rows().size();
        int start = Math.min(from, total);
        int end = Math.min(total, start + size);
        var records = new ArrayList<SavedRecord>(end - start);
        for (Row row : found.rows().subList(start, end)) {
            records.add(found.selection().show(row, store));
        }
        return new ResultPage(total, end < total ? Optional.of(key + "-" + end) : Optional.empty(), records);
    }
}
