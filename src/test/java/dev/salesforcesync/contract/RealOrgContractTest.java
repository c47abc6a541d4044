package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on a real org, which src/docs/salesforce-setup.md says how to name. One user is created and deactivated
 * again; nobody else is touched and nobody gets mail.
 */
@Tag("real")
@Against(Against.Kind.REAL)
@EnabledIfEnvironmentVariable(
        named = "SALESFORCESYNC_SALESFORCE_URL",
        matches = "https?://.+",
        disabledReason =
                "SALESFORCESYNC_SALESFORCE_URL names no org; src/docs/salesforce-setup.md says how to name one")
class RealOrgContractTest extends SalesforceContract {
    @Override
    ContractOrg org() {
        return ContractOrg.of(System.getenv());
    }

    @Test
    @Tries(Fact.LEAST_RIGHTS)
    void worksWithTheLeastRightsAndNoMore() {
        JsonNode rights = scene().one(
                        "SELECT Profile.PermissionsModifyAllData, Profile.PermissionsManageInternalUsers FROM User WHERE"
                                + " Id = '" + scene().me() + "'")
                .path("Profile");

        // The user made for this run shows that the rights are enough; an administrator would prove nothing.
        assertThat(rights.path("PermissionsModifyAllData").asBoolean(true)).isFalse();
    }
}
