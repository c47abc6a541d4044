package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the contract may create users, and how its org is named. */
class PlaygroundTest {
    private static final Map<String, String> COMPLETE = Map.of(
            "SALESFORCESYNC_SALESFORCE_URL", "https://example.my.salesforce.com/",
            "SALESFORCESYNC_SALESFORCE_CLIENT_ID", "key",
            "SALESFORCESYNC_SALESFORCE_CLIENT_SECRET", "a-secret",
            "SALESFORCESYNC_SALESFORCE_PROFILE", "Standard User");

    @Test
    void touchesNoProductionOrg() {
        try (SalesforceOrgServer org = org(false, "Enterprise Edition")) {
            int users = org.org().count("User");

            assertThatThrownBy(() -> Scene.open(contract(org, "")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("this is a production org");

            assertThat(org.org().count("User")).isEqualTo(users);
            assertThat(org.journal().entries()).noneMatch(entry -> entry.call().write());
        }
    }

    @Test
    void worksInAProductionOrgOnlyByTheWholeWord() throws Exception {
        try (SalesforceOrgServer org = org(false, "Enterprise Edition")) {
            assertThatThrownBy(() -> Scene.open(contract(org, "true"))).hasMessageContaining("create-users-here");

            try (Scene scene = Scene.open(contract(org, "create-users-here"))) {
                assertThat(scene.user()).startsWith("005");
            }
        }
    }

    @Test
    void worksInADeveloperOrg() throws Exception {
        try (SalesforceOrgServer org = org(false, "Developer Edition");
                Scene scene = Scene.open(contract(org, ""))) {
            assertThat(scene.user()).startsWith("005");
        }
    }

    @Test
    void namesWhatIsMissing() {
        for (String name : COMPLETE.keySet()) {
            var rest = new HashMap<>(COMPLETE);
            rest.remove(name);

            assertThatThrownBy(() -> ContractOrg.of(rest)).hasMessage(name + " is missing");
        }
    }

    @Test
    void takesNoOrgOnThisMachineForAProof() {
        try (SalesforceOrgServer org = org(true, "Enterprise Edition")) {
            assertThatThrownBy(() -> contract(org, "").real())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is on this machine");
        }
    }

    @Test
    void keepsTheSecretOutOfItsName() {
        assertThat(ContractOrg.of(COMPLETE)).hasToString("https://example.my.salesforce.com");
    }

    private static SalesforceOrgServer org(boolean sandbox, String edition) {
        return SalesforceOrgServer.start(
                OrgSettings.builder("Playground")
                        .sandbox(sandbox)
                        .edition(edition)
                        .build(),
                0);
    }

    private static ContractOrg contract(SalesforceOrgServer org, String production) {
        var environment = new HashMap<>(COMPLETE);
        environment.put("SALESFORCESYNC_SALESFORCE_URL", org.baseUrl());
        environment.put(
                "SALESFORCESYNC_SALESFORCE_CLIENT_ID", org.org().settings().clientId());
        environment.put(
                "SALESFORCESYNC_SALESFORCE_CLIENT_SECRET", org.org().settings().clientSecret());
        environment.put("SALESFORCESYNC_SALESFORCE_PRODUCTION", production);
        return ContractOrg.of(environment);
    }
}
