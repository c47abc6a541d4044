package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.status.ConditionSet;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a policy's way into the directory is understood, and what is said of its rights. */
class DirectoryAccessTest {
    private static final String KEYTAB =
            Base64.getEncoder().encodeToString(new byte[] {5, 2, 0, (byte) 0xff, '\n', ' ', '\n'});

    private static Result<PolicyOrder> order(String directory, Map<String, String> secretData) {
        KubernetesSerialization yaml = new KubernetesSerialization();
        SyncPolicy policy = yaml.unmarshal("""
                apiVersion: salesforcesync.dev/v1alpha1
                kind: SyncPolicy
                metadata: {name: people, namespace: n, generation: 1}
                spec:
                  connectionRef: {name: org}
                  directory: %s
                """.formatted(directory), SyncPolicy.class);
        SalesforceConnection connection = yaml.unmarshal("""
                apiVersion: salesforcesync.dev/v1alpha1
                kind: SalesforceConnection
                metadata: {name: org, namespace: n, generation: 1}
                spec: {instanceUrl: "https://x.my.salesforce.com", apiVersion: "65.0"}
                """, SalesforceConnection.class);
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName("bind")
                .endMetadata()
                .withData(secretData)
                .build();
        return new PolicyTranslation(OperatorConfig.from(Map.of(), "test"))
                .translate(policy, Optional.of(connection), new SecretLookup(List.of(secret)));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static DirectorySettings settings(String directory, Map<String, String> secretData) {
        Result<PolicyOrder> order = order(directory, secretData);
        assertThat(order).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<PolicyOrder>) order).value().directory();
    }

    @Test
    void understandsSiteAndKerberosAndLeavesTheKeytabsBytesAlone() {
        DirectorySettings settings = settings(
                "{domain: corp.example.com, site: Berlin, bindSecretRef: {name: bind}, tls: {mode: Kerberos}}",
                Map.of("principal", encoded("svc@CORP.EXAMPLE.COM\n"), "keytab", KEYTAB));

        assertThat(settings.site()).contains("Berlin");
        assertThat(settings.tls()).isEqualTo(TlsMode.KERBEROS);
        assertThat(settings.credentials()).isEqualTo(new Credentials.Keytab("svc@CORP.EXAMPLE.COM", KEYTAB));
    }

    @Test
    void takesNameAndPasswordOtherwise() {
        DirectorySettings settings = settings(
                "{domain: corp.example.com, bindSecretRef: {name: bind}}",
                Map.of("bindDN", encoded("CN=svc"), "password", encoded("secret")));

        assertThat(settings.site()).isEmpty();
        assertThat(settings.tls()).isEqualTo(TlsMode.LDAPS);
        assertThat(settings.credentials()).isEqualTo(new Credentials.Password("CN=svc", "secret"));
    }

    @Test
    void saysWhichOfTheTwoIsMissing() {
        Result<PolicyOrder> order =
                order("{domain: corp.example.com, bindSecretRef: {name: bind}}", Map.of("keytab", KEYTAB));

        assertThat(order).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed<PolicyOrder>) order).failure().message()).contains("'principal'");
    }

    private static Condition rights(Optional<List<RightsFinding>> found) {
        ConditionSet set = new ConditionSet(List.of(), 1, Instant.EPOCH);
        RightsReport.describe(set, found);
        return set.build().get(0);
    }

    @Test
    void theConditionIsFalseForWhatIsMissingAndOnlyMentionsHints() {
        RightsFinding missing = new RightsFinding(Kind.MISSING, "DirectoryDeletedObjectsUnreadable", "Grant it.");
        RightsFinding hint = new RightsFinding(Kind.HINT, "DirectoryAttributesNotSeen", "Nobody shows mail.");

        assertThat(rights(Optional.empty()).getStatus()).isEqualTo("Unknown");
        assertThat(rights(Optional.of(List.of())).getStatus()).isEqualTo("True");
        assertThat(rights(Optional.of(List.of(hint))))
                .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
                .containsExactly("DirectoryRightsSufficient", "True", "Succeeded");
        assertThat(rights(Optional.of(List.of(hint))).getMessage()).contains("Nobody shows mail.");
        assertThat(rights(Optional.of(List.of(missing, hint))))
                .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
                .containsExactly("False", "DirectoryDeletedObjectsUnreadable", "Grant it.");
    }
}
