package dev.salesforcesync.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server makes of specs: what it refuses and how it says so, what it adds, what it drops. */
@OnRealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaOnClusterTest {
    /** The least a policy must say; to be formatted with its name. */
    static final String POLICY = """
            apiVersion: salesforcesync.dev/v1alpha1
            kind: SyncPolicy
            metadata: {name: %s}
            spec:
              connectionRef: {name: production}
              directory:
                domain: corp.example.com
                bindSecretRef: {name: directory}
              scope:
                groups: ["CN=Salesforce Users,DC=corp,DC=example,DC=com"]
            """;

    private static final String CONNECTION = """
            apiVersion: salesforcesync.dev/v1alpha1
            kind: SalesforceConnection
            metadata: {name: production}
            spec:
              instanceUrl: https://example.my.salesforce.com
              authentication:
                clientCredentials:
                  clientIdSecretRef: {name: salesforce, key: clientId}
                  clientSecretSecretRef: {name: salesforce, key: clientSecret}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final RealCluster cluster;
    private Kubectl kubectl;

    SchemaOnClusterTest(RealCluster cluster) {
        this.cluster = cluster;
        this.kubectl = cluster.kubectl();
    }

    @BeforeAll
    void createNamespace() {
        kubectl = cluster.kubectl(cluster.freshNamespace());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mode: Sometimes                                     | spec.mode
            priority: high                                      | spec.priority
            target: Case                                        | spec.target
            drift: {}                                           | spec.drift
            suspend: "no"                                       | spec.suspend
            intervals: {fullComparison: soon}                   | spec.intervals.fullComparison
            safety: {limits: {deactivate: {percent: 101, count: 1}}} | spec.safety.limits.deactivate.percent
            safety: {minimumUsers: -1}                          | spec.safety.minimumUsers
            attributes: [{field: 1st, expression: "1"}]         | spec.attributes.field
            attributes: [{field: City}]                         | spec.attributes.expression
            entitlements: {profiles: [{group: A}]}              | spec.entitlements.profiles.name
            tests: [{user: {sn: A}}]                            | spec.tests.name
            """)
    void refusesBadPoliciesAndNamesTheField(String line, String field) {
        assertRefused(POLICY.formatted("bad") + "  " + line + "\n", field);
    }

    @Test
    void refusesAPolicyThatNamesNoConnection() {
        String line = "connectionRef: {name: production}";
        assertThat(POLICY).contains(line);

        assertRefused(POLICY.formatted("bad").replace(line, "mode: Preview"), "spec.connectionRef");
        assertRefused(POLICY.formatted("bad").replace(line, "connectionRef: {}"), "spec.connectionRef.name");
        assertRefused(
                POLICY.formatted("bad").replace(line, "connectionRef: {name: Not_A_Name}"), "spec.connectionRef.name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instanceUrl: example.my.salesforce.com",
                "instanceUrl: ldap://example.my.salesforce.com",
                "instanceUrl: https://example.my.salesforce.com/path"
            })
    void refusesBadConnectionsAndNamesTheField(String bad) {
        assertRefused(CONNECTION.replace("instanceUrl: https://example.my.salesforce.com", bad), "spec.instanceUrl");
    }

    @Test
    void refusesADirectoryThatIsNoDirectory() {
        assertRefused(
                POLICY.formatted("bad").replace("domain: corp.example.com", "servers: [\"https://dc1.example.com\"]"),
                "spec.directory.servers");
        assertRefused(
                POLICY.formatted("bad").replace("bindSecretRef: {name: directory}", "tls: {mode: LDAPS}"),
                "spec.directory.bindSecretRef");
    }

    private void assertRefused(String manifest, String field) {
        Kubectl.Answer bySchema = kubectl.call(manifest, "create", "--validate=false", "-f", "-");
        assertThat(bySchema.exitCode()).as(bySchema.text()).isNotZero();
        assertThat(bySchema.text()).contains("is invalid", field);

        Kubectl.Answer byApply = kubectl.call(manifest, "apply", "-f", "-");
        assertThat(byApply.exitCode()).as(byApply.text()).isNotZero();
        assertThat(byApply.text()).contains(field.substring(field.lastIndexOf('.') + 1));
    }

    @Test
    void refusesAFieldThatDoesNotExistAndPrunesItWhereValidationIsOff() throws JsonProcessingException {
        String manifest = POLICY.formatted("misspelt") + "  mood: Enforce\n";

        assertThat(kubectl.call(manifest, "apply", "-f", "-"))
                .satisfies(answer -> assertThat(answer.exitCode()).isNotZero())
                .satisfies(answer -> assertThat(answer.text()).contains("mood"));
        assertThat(create(manifest).at("/spec").has("mood")).isFalse();
    }

    @Test
    void addsThePolicysDefaults() throws JsonProcessingException {
        JsonNode spec = create(POLICY.formatted("defaults")).get("spec");

        assertThat(spec.get("mode").textValue()).isEqualTo("Preview");
        assertThat(spec.get("target").textValue()).isEqualTo("User");
        assertThat(spec.get("suspend").booleanValue()).isFalse();
        assertThat(spec.get("drift").textValue()).isEqualTo("Heal");
        assertThat(spec.at("/directory/tls/mode").textValue()).isEqualTo("LDAPS");
        assertThat(spec.at("/lifecycle/whenDisabled").textValue()).isEqualTo("FreezeThenDeactivate");
        assertThat(spec.at("/lifecycle/whenOutOfScope").textValue()).isEqualTo("None");
        assertThat(spec.at("/intervals/fullComparison").textValue()).isEqualTo("6h");
        assertThat(spec.at("/safety/floor").intValue()).isEqualTo(5);
        assertThat(spec.at("/safety/limits/deactivate/percent").intValue()).isEqualTo(5);
        assertThat(spec.at("/passwords/mode").textValue()).isEqualTo("None");
    }

    @Test
    void addsTheConnectionsDefaults() throws JsonProcessingException {
        JsonNode spec = create(CONNECTION).get("spec");

        assertThat(spec.get("apiVersion").textValue()).isEqualTo("65.0");
        assertThat(spec.at("/apiBudget/dailyShare").intValue()).isEqualTo(50);
        assertThat(spec.at("/apiBudget/reserve").intValue()).isEqualTo(2000);
    }

    private JsonNode create(String manifest) throws JsonProcessingException {
        return json.readTree(kubectl.runWith(manifest, "create", "--validate=false", "-o", "json", "-f", "-"));
    }
}
