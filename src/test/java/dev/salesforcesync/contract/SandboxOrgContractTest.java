package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The contract on the sandbox org, and that the contract itself leaves a real org as it was. */
@Against(Against.Kind.SANDBOX)
class SandboxOrgContractTest extends SalesforceContract {
    private final SalesforceOrgServer server = SalesforceOrgServer.start(
            OrgSettings.builder("Contract").seats("Salesforce", 400).build(), 0);
    private final Map<String, Row> before = new HashMap<>();

    @Override
    ContractOrg org() {
        populate();
        server.org().records("User").forEach(user -> before.put(user.id(), user));
        return contractOrg(server);
    }

    static ContractOrg contractOrg(SalesforceOrgServer server) {
        OrgSettings settings = server.org().settings();
        return new ContractOrg(
                URI.create(server.baseUrl()),
                settings.clientId(),
                settings.clientSecret(),
                "Standard User",
                Optional.of("Report_Reader"),
                Optional.of(OrgSettings.ANCHOR_FIELD),
                false);
    }

    /** Colleagues enough for a second page of a query. */
    private void populate() {
        String profile = server.org()
                .recordsBy("Profile", "Name", "Standard User")
                .get(0)
                .id();
        String admin = server.org()
                .user(server.org().settings().adminUsername())
                .orElseThrow()
                .id();
        for (int from : List.of(0, 200)) {
            List<InputRow> rows = IntStream.range(from, from + 150)
                    .mapToObj(at -> new InputRow("User", Optional.empty(), colleague(at, profile)))
                    .toList();
            server.org().write(admin, WriteRequest.of(WriteRequest.Kind.CREATE, rows));
        }
    }

    private static Map<String, @Nullable Object> colleague(int at, String profile) {
        var fields = new HashMap<String, @Nullable Object>();
        fields.put("Username", "colleague" + at + "@contract.example");
        fields.put("Email", "colleague" + at + "@contract.example");
        fields.put("LastName", "Colleague " + at);
        fields.put("Alias", "c" + at);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("ProfileId", profile);
        return fields;
    }

    @Override
    void afterwards(String prefix) {
        try (server) {
            List<Row> made = server.org().records("User").stream()
                    .filter(user -> !before.containsKey(user.id()))
                    .toList();
            assertThat(made).isNotEmpty().allSatisfy(user -> {
                assertThat(user.text("Username")).startsWith(prefix);
                assertThat(user.flag("IsActive")).isFalse();
            });
            before.forEach(
                    (id, user) -> assertThat(server.org().record("User", id)).contains(user));
            assertTouchesAndMailsNobody(made.stream().map(Row::id).collect(Collectors.toSet()));
        }
    }

    private void assertTouchesAndMailsNobody(Set<String> made) {
        List<Journal.Entry> writes = server.journal().entries().stream()
                .filter(entry -> entry.call().write())
                .toList();
        assertThat(writes).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.call().operation()).isNotEqualTo("resetPassword");
            assertThat(entry.ids()).allMatch(id -> made.contains(id) || !id.startsWith("005"));
            if (entry.call().operation().equals("create")) {
                assertThat(entry.call().headers()).containsEntry("EmailHeader.triggerUserEmail", "false");
            }
        });
        assertThat(made)
                .allSatisfy(id -> assertThat(server.org().pendingEmail(id)).isEmpty());
    }
}
