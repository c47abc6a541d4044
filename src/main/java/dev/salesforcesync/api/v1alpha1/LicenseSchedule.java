package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A schedule that takes Salesforce licences from people who do not need them, and gives them back. */
@Group(Kinds.GROUP)
@Version(Kinds.VERSION)
@Kind("LicenseSchedule")
@Singular("licenseschedule")
@Plural("licenseschedules")
@ShortNames("licsched")
@Categories("salesforcesync")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode")
@AdditionalPrinterColumn(
        name = "Revoked",
        jsonPath = ".status.revoked.count",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Next Revoke", jsonPath = ".status.nextRevokeTime")
@AdditionalPrinterColumn(name = "Policy", jsonPath = ".spec.policyRef.name", priority = 1)
@AdditionalPrinterColumn(
        name = "Waiting",
        jsonPath = ".status.waitingForSeat",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class LicenseSchedule extends CustomResource<LicenseScheduleSpec, LicenseScheduleStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What is wanted: when licences are taken, from whom, and when they are given back.")
    public LicenseScheduleSpec getSpec() {
        return Given.or(super.getSpec(), LicenseScheduleSpec.class);
    }

    @Override
    @JsonPropertyDescription("What was last seen and done.")
    public @Nullable LicenseScheduleStatus getStatus() {
        return super.getStatus();
    }
}
