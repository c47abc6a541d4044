package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.ConnectionOrder;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.policy.PolicyCompilation;
import dev.salesforcesync.policy.PolicyCompiler;
import dev.salesforcesync.policy.RuleProblem;
import dev.salesforcesync.salesforce.SalesforceGateway;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceSettings;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import dev.salesforcesync.salesforce.SalesforceSettings.Budget;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings.PermissionSetSeed;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings.ProfileSeed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sample that the operator would refuse teaches people a mistake. */
class SamplesAreAcceptedTest {
    private static final OperatorConfig CONFIG =
            OperatorConfig.from(Map.of("ALLOWED_SALESFORCE_HOSTS", "*.my.salesforce.com,http://127.0.0.1"), "test");
    private static OrgDescription org;

    @BeforeAll
    static void askAnOrg() {
        OrgSettings settings = OrgSettings.builder("Samples")
                .profile(new ProfileSeed("Minimum Access - Salesforce", "Salesforce", false, false))
                .permissionSet(
                        new PermissionSetSeed("Service_Cloud", "Service Cloud", Optional.of("ServiceUserPsl"), false))
                .permissionSetLicence("ServiceUserPsl", 10)
                .queue("Cases_Inbound")
                .build();
        try (SalesforceOrgServer server = SalesforceOrgServer.start(settings, 0);
                SalesforceOrg gateway = SalesforceGateway.open(new SalesforceSettings(
                        URI.create(server.baseUrl()),
                        "65.0",
                        new Authentication.ClientCredentials(settings.clientId(), settings.clientSecret()),
                        Optional.empty(),
                        Optional.empty(),
                        Budget.DEFAULT,
                        Duration.ofSeconds(30)))) {
            Result<OrgDescription> described = gateway.describe();
            assertThat(described).isInstanceOf(Result.Ok.class);
            org = ((Result.Ok<OrgDescription>) described).value();
        }
    }

    static Stream<Path> stories() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("samples"))) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyConnectionBecomesAnOrder(Path story) throws IOException {
        Resources resources = Resources.of(story);

        assertThat(resources.connections()).isNotEmpty().allSatisfy(connection -> {
            Result<ConnectionOrder> order =
                    new ConnectionTranslation(CONFIG).translate(connection, resources.secrets());
            assertThat(order).isInstanceOf(Result.Ok.class);
        });
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyPolicyIsAccepted(Path story) throws IOException {
        Resources resources = Resources.of(story);

        assertThat(resources.policies()).isNotEmpty();
        for (SyncPolicy policy : resources.policies()) {
            Result<PolicyOrder> order = new PolicyTranslation(CONFIG)
                    .translate(policy, resources.connections().stream().findFirst(), resources.secrets());
            assertThat(order).isInstanceOf(Result.Ok.class);
            PolicyOrder accepted = ((Result.Ok<PolicyOrder>) order).value();
            assertThat(problems(PolicyCompiler.compile(accepted.rules(), org))).isEmpty();
        }
    }

    private static List<RuleProblem> problems(PolicyCompilation result) {
        return result instanceof PolicyCompilation.Refused refused ? refused.problems() : List.of();
    }

    private record Resources(List<SalesforceConnection> connections, List<SyncPolicy> policies, SecretLookup secrets) {
        private static final Map<String, String> PLACEHOLDERS = Map.of(
                "${SALESFORCE_URL}", "http://127.0.0.1:18080",
                "${LDAP_URL}", "ldaps://localhost:10636");

        static Resources of(Path story) throws IOException {
            List<SalesforceConnection> connections = new ArrayList<>();
            List<SyncPolicy> policies = new ArrayList<>();
            List<Secret> secrets = new ArrayList<>();
            for (HasMetadata resource : read(story)) {
                resource.getMetadata().setGeneration(1L);
                if (resource.getMetadata().getNamespace() == null) {
                    resource.getMetadata().setNamespace("default");
                }
                if (resource instanceof SalesforceConnection connection) {
                    connections.add(connection);
                } else if (resource instanceof SyncPolicy policy) {
                    policies.add(policy);
                } else if (resource instanceof Secret secret) {
                    secrets.add(asStored(secret));
                }
            }
            return new Resources(connections, policies, new SecretLookup(secrets));
        }

        private static List<HasMetadata> read(Path story) throws IOException {
            KubernetesSerialization serialization = new KubernetesSerialization();
            serialization.registerKubernetesResource(SalesforceConnection.class);
            serialization.registerKubernetesResource(SyncPolicy.class);
            List<HasMetadata> resources = new ArrayList<>();
            try (Stream<Path> files = Files.list(story)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    String text = Files.readString(file);
                    for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
                        text = text.replace(placeholder.getKey(), placeholder.getValue());
                    }
                    for (String document : text.split("(?m)^---$", -1)) {
                        resources.add((HasMetadata) serialization.unmarshal(document));
                    }
                }
            }
            return resources;
        }

        private static Secret asStored(Secret secret) {
            Map<String, String> data = new HashMap<>();
            secret.getStringData()
                    .forEach((key, value) ->
                            data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
            secret.setData(data);
            return secret;
        }
    }
}
