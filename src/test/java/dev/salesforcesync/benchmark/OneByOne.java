package dev.salesforcesync.benchmark;

import dev.salesforcesync.benchmark.RecordingDoor.Recorded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What other connectors do: a REST call for each user, four at a time. */
final class OneByOne {
    private static final int WORKERS = 4;
    private static final Pattern ROW = Pattern.compile("<(?:\\w+:)?sObjects.*?</(?:\\w+:)?sObjects>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("<(?:\\w+:)?(\\w+)(?: [^>]*)?>([^<]+)</");

    private OneByOne() {}

    /** The users whom a recorded load created, at most so many. */
    static List<Map<String, String>> users(List<Recorded> recorded, int most) {
        List<Map<String, String>> users = new ArrayList<>();
        for (Recorded one : recorded) {
            if (one.uri().startsWith("/services/Soap/u/")) {
                Matcher rows = ROW.matcher(one.body());
                while (rows.find() && users.size() < most) {
                    Map<String, String> user = row(rows.group());
                    if ("User".equals(user.remove("type"))) {
                        users.add(user);
                    }
                }
            }
        }
        return users;
    }

    private static Map<String, String> row(String xml) {
        Map<String, String> row = new LinkedHashMap<>();
        Matcher fields = FIELD.matcher(xml);
        while (fields.find()) {
            row.put(
                    fields.group(1),
                    fields.group(2)
                            .replace("&apos;", "'")
                            .replace("&quot;", "\"")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&"));
        }
        return row;
    }

    static void create(BareOrg org, List<Map<String, String>> users) {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<CompletableFuture<Void>> calls = users.stream()
                    .map(user -> CompletableFuture.runAsync(
                            () -> org.sendRow("POST", "/services/data/v65.0/sobjects/User", user), workers))
                    .toList();
            calls.forEach(CompletableFuture::join);
        } finally {
            workers.shutdown();
        }
    }
}
