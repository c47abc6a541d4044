package dev.salesforcesync.salesforce;

import java.util.Map;

/** Takes the rows of a query one by one. */
@FunctionalInterface
interface RowSink {
    /**
     * One row.
     *
     * @param row values by path, such as Id or Profile.Name; nulls are left out
     */
    void row(Map<String, String> row);
}
