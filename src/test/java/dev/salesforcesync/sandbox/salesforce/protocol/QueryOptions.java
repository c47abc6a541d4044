package dev.salesforcesync.sandbox.salesforce.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What calls say about queries besides the query. */
final class QueryOptions {
    private static final int MIN = 200;
    private static final int MAX = 2000;
    private static final Pattern BATCH_SIZE = Pattern.compile("batchSize\\s*=\\s*(\\d{1,6})");
    private static final Pattern FROM = Pattern.compile("\\bfrom\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LIMIT = Pattern.compile("\\blimit\\s+\\d+\\s*$", Pattern.CASE_INSENSITIVE);

    private QueryOptions() {}

    /** Rows in a page: Sforce-Query-Options, between 200 and 2000, 2000 when nothing is said. */
    static int batchSize(Request request) {
        Matcher matcher =
                BATCH_SIZE.matcher(request.header("Sforce-Query-Options").orElse(""));
        return matcher.find() ? bounded(Integer.parseInt(matcher.group(1))) : MAX;
    }

    static int bounded(int size) {
        return Math.max(MIN, Math.min(MAX, size));
    }

    /** The object after FROM, for the journal; the grammar decides later. */
    static String objectOf(String soql) {
        Matcher matcher = FROM.matcher(soql);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Whether the query asks for the first rows only. */
    static boolean isLimited(String soql) {
        return LIMIT.matcher(soql.strip()).find();
    }
}
