package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
        return ContractOrg.of(System.getenv()).real();
    }

    @Test
    @Tries(Fact.LEAST_RIGHTS)
    void worksWithoutTheRightsOfAnAdministrator() {
        List<JsonNode> sets = scene().wire()
                .records(
                        "SELECT PermissionSet.PermissionsModifyAllData FROM PermissionSetAssignment WHERE AssigneeId = '"
                                + scene().me() + "'");

        // The user made for this run shows that the rights are enough; those of an administrator would prove nothing.
        assumeThat(sets)
                .as("the integration user is an administrator")
                .isNotEmpty()
                .noneMatch(row -> row.path("PermissionSet")
                        .path("PermissionsModifyAllData")
                        .asBoolean());
        assertThat(scene().user()).startsWith("005");
    }
}
