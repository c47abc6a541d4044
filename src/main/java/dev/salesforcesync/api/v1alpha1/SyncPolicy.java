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

/** A rule that turns people of one directory domain into Salesforce users. */
@Group(Kinds.GROUP)
@Version(Kinds.VERSION)
@Kind("SyncPolicy")
@Singular("syncpolicy")
@Plural("syncpolicies")
@ShortNames("syncpol")
@Categories("salesforcesync")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode")
@AdditionalPrinterColumn(name = "Users", jsonPath = ".status.users.linked", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Pending",
        jsonPath = ".status.users.pending",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Failing",
        jsonPath = ".status.users.failing",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(
        name = "Last Success",
        jsonPath = ".status.lastSuccess",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Connection", jsonPath = ".spec.connectionRef.name", priority = 1)
@AdditionalPrinterColumn(
        name = "In Scope",
        jsonPath = ".status.users.inScope",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Plan", jsonPath = ".status.plan.hash", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class SyncPolicy extends CustomResource<SyncPolicySpec, SyncPolicyStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What is wanted: which people become Salesforce users, and how.")
    public SyncPolicySpec getSpec() {
        return Given.or(super.getSpec(), SyncPolicySpec.class);
    }

    @Override
    @JsonPropertyDescription("What was last seen and done.")
    public @Nullable SyncPolicyStatus getStatus() {
        return super.getStatus();
    }
}
