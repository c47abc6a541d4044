package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.Usernames;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints what the org costs: a create of 200 rows over SOAP, zipped, as a client sees it (wall time), what this
 * process worked for it (CPU time of all its threads), and the heap of an org of a million users in a JVM of 4 GB.
 * Nothing is subtracted.
 */
@Tag("benchmark")
class OrgSizeBenchmark {
    private static final int ROWS = 200;
    private static final int WARM_UP = 300;
    private static final int SAMPLES = 200;
    private static final int MILLION = 1_000_000;

    private int made;

    public static void main(String[] args) {
        new OrgSizeBenchmark().fill(Integer.parseInt(args[0]));
    }

    @Test
    void measuresACreateOfTwoHundredRowsOverTheWire() throws Exception {
        try (var server = SalesforceOrgServer.start(settings(MILLION), 0)) {
            measurePlain(server);
            measureLibrary(server);
            assertThat(server.org().count("User")).isEqualTo(2 + made);
        }
    }

    @Test
    void holdsAMillionUsersInFourGigabytes() throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String classPath = System.getProperty("java.class.path");
        Process fill = new ProcessBuilder(
                        java, "-Xmx4g", "-cp", classPath, OrgSizeBenchmark.class.getName(), String.valueOf(MILLION))
                .redirectErrorStream(true)
                .start();
        // Not inherited: what a child writes to the console of a test run ends in a dump file.
        String told = new String(fill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        told.lines().filter(line -> line.contains("users made")).forEach(System.out::println);

        assertThat(fill.waitFor()).as(told).isZero();
    }

    /** A client that costs next to nothing: the bytes are ready before the clock starts. */
    private void measurePlain(SalesforceOrgServer server) throws Exception {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String token = new RestClient(server).token();
        var samples = new Samples();
        for (int at = -WARM_UP; at < SAMPLES; at++) {
            HttpRequest request = RawSoap.zipped(server, RawSoap.create(token, people(server.org())));
            samples.start();
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            samples.end(at >= 0);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        samples.print("create of 200 rows, ready-made bytes");
    }

    /** Salesforce's own client, with its own cost. */
    private void measureLibrary(SalesforceOrgServer server) throws ConnectionException {
        PartnerConnection soap = SoapClient.signedIn(server);
        var samples = new Samples();
        for (int at = -WARM_UP; at < SAMPLES; at++) {
            SObject[] rows = people(server.org()).stream()
                    .map(person -> SoapClient.row("User", person))
                    .toArray(SObject[]::new);
            samples.start();
            SaveResult[] results = soap.create(rows);
            samples.end(at >= 0);
            assertThat(results).allMatch(SaveResult::isSuccess);
        }
        samples.print("create of 200 rows, WSC with all it does itself");
    }

    private void fill(int users) {
        try (var org = new Org(settings(2 * users))) {
            long start = System.nanoTime();
            String actor =
                    org.user(org.settings().runAsUsername()).orElseThrow().id();
            while (made < users) {
                List<InputRow> rows = people(org).stream()
                        .map(person -> new InputRow("User", Optional.empty(), person))
                        .toList();
                List<RowResult> results = org.write(actor, WriteRequest.of(WriteRequest.Kind.CREATE, rows));
                assertThat(results).allMatch(RowResult::success);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            String since = org.now().plusSeconds(1).toString();
            int changed = org.query(actor, "SELECT Id FROM User WHERE SystemModstamp > " + since, 2000)
                    .total();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "%,d users made in %.0f s, %d changed since; heap in use %,d MB of %,d MB%n",
                    org.count("User"),
                    seconds,
                    changed,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    runtime.maxMemory() >> 20);
        }
    }

    private static OrgSettings settings(int seats) {
        return OrgSettings.builder("Size")
                .usernames(new Usernames())
                .seats("Salesforce", seats)
                .build();
    }

    private List<Map<String, @Nullable Object>> people(Org org) {
        String profile = People.profileId(org, "Standard User");
        var people = new ArrayList<Map<String, @Nullable Object>>(ROWS);
        for (int at = 0; at < ROWS; at++) {
            people.add(person(profile, ++made));
        }
        return people;
    }

    private static Map<String, @Nullable Object> person(String profile, int number) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        String name = "p" + number;
        fields.put("Username", name + "@people.example");
        fields.put("LastName", "Bolika " + number);
        fields.put("FirstName", "Anna");
        fields.put("Email", name + "@mail.example");
        fields.put("Alias", name);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("Department", "Sales");
        fields.put("Title", "Representative");
        fields.put("EmployeeNumber", name);
        fields.put("FederationIdentifier", name + "@corp.example");
        fields.put(OrgSettings.ANCHOR_FIELD, String.format("00000000-0000-0000-0000-%012d", number));
        fields.put("ProfileId", profile);
        return fields;
    }
}
