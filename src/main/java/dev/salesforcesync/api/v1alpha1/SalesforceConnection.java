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

/** A Salesforce org the operator may work in. */
@Group(Kinds.GROUP)
@Version(Kinds.VERSION)
@Kind("SalesforceConnection")
@Singular("salesforceconnection")
@Plural("salesforceconnections")
@ShortNames("sfconn")
@Categories("salesforcesync")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Instance", jsonPath = ".spec.instanceUrl")
@AdditionalPrinterColumn(
        name = "API Used",
        jsonPath = ".status.apiUsage.used",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "API Limit",
        jsonPath = ".status.apiUsage.limit",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Org", jsonPath = ".status.organization.id", priority = 1)
@AdditionalPrinterColumn(
        name = "Sandbox",
        jsonPath = ".status.organization.sandbox",
        type = AdditionalPrinterColumn.Type.BOOLEAN,
        priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class SalesforceConnection extends CustomResource<SalesforceConnectionSpec, SalesforceConnectionStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What is wanted: how the org is reached and what may be done there.")
    public SalesforceConnectionSpec getSpec() {
        return Given.or(super.getSpec(), SalesforceConnectionSpec.class);
    }

    @Override
    @JsonPropertyDescription("What was last seen of the org.")
    public @Nullable SalesforceConnectionStatus getStatus() {
        return super.getStatus();
    }
}
