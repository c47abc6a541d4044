package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations of the partner WSDL that no client of this org needs: each is answered with a refusal that real
 * orgs give too, never as if it did not exist. Where an operation answers row by row, so does the refusal.
 */
final class SoapRefusals {
    /** SOAP API guide, ExceptionCode FUNCTIONALITY_NOT_ENABLED. */
    private static final String NOT_ENABLED = "Functionality not enabled for this organization: ";

    private static final Set<String> WHOLE = Set.of(
            "convertLead",
            "deleteByExample",
            "describeAllTabs",
            "describeAppMenu",
            "describeApprovalLayout",
            "describeAvailableQuickActions",
            "describeCompactLayouts",
            "describeDataCategoryGroups",
            "describeDataCategoryGroupStructures",
            "describeDataCategoryMappings",
            "describeGlobalTheme",
            "describeKnowledgeSettings",
            "describeLayout",
            "describeListViews",
            "describeLookupLayouts",
            "describeNouns",
            "describePathAssistants",
            "describePrimaryCompactLayouts",
            "describeQuickActions",
            "describeQuickActionsForRecordType",
            "describeSearchableEntities",
            "describeSearchLayouts",
            "describeSearchScopeOrder",
            "describeSObjectListViews",
            "describeSoftphoneLayout",
            "describeSoqlListViews",
            "describeTabs",
            "describeTheme",
            "describeVisualForce",
            "executeListView",
            "findDuplicates",
            "findDuplicatesByIds",
            "merge",
            "performQuickActions",
            "renderEmailTemplate",
            "renderStoredEmailTemplate",
            "retrieveMassQuickActionTemplates",
            "retrieveQuickActionTemplates",
            "search",
            "sendEmailMessage");

    private SoapRefusals() {}

    static Map<String, SoapOperations.Operation> all() {
        var refusals = new LinkedHashMap<String, SoapOperations.Operation>();
        for (String name : WHOLE) {
            refusals.put(name, (message, session, disturbance) -> {
                throw new ApiRefusal(ErrorCode.FUNCTIONALITY_NOT_ENABLED, NOT_ENABLED + name);
            });
        }
        // Nothing is ever in the recycle bin of this org.
        refusals.put("undelete", rows("undelete", "ids", "UNDELETE_FAILED", "Entity is not in the recycle bin"));
        refusals.put(
                "emptyRecycleBin", rows("emptyRecycleBin", "ids", "DELETE_FAILED", "Entity is not in the recycle bin"));
        refusals.put(
                "process",
                rows("process", "actions", "NO_APPLICABLE_PROCESS", "No applicable approval process was found."));
        // A sandbox whose deliverability is "System email only".
        refusals.put(
                "sendEmail",
                rows(
                        "sendEmail",
                        "messages",
                        "NO_MASS_MAIL_PERMISSION",
                        "Single email must be enabled for you to use this operation."));
        return refusals;
    }

    private static SoapOperations.Operation rows(String name, String each, String code, String text) {
        return (message, session, disturbance) -> {
            int rows = message.operation().all(each).size();
            var xml = new XmlWriter().open(name + "Response");
            for (int at = 0; at < rows; at++) {
                xml.open("result");
                if (name.equals("process")) {
                    xml.element("entityId", null);
                }
                xml.open("errors")
                        .element("message", text)
                        .element("statusCode", code)
                        .close("errors");
                refused(xml, name);
                xml.element("success", false).close("result");
            }
            String body = xml.close(name + "Response").toString();
            return new SoapOperations.Result(
                    body, new CallOutcome(Journal.OK, 0, List.of(), rows == 0 ? Map.of() : Map.of(code, rows)));
        };
    }

    /** What stands between the errors of a row and its success, by the WSDL. */
    private static void refused(XmlWriter xml, String name) {
        switch (name) {
            case "process" -> xml.element("instanceId", null).element("instanceStatus", null);
            case "sendEmail" -> {}
            default -> xml.element("id", null);
        }
    }
}
