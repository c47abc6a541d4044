package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Users whom the org's own set-up keeps from being deactivated, and what it says then. */
public final class DeactivationBlockers {
    /** Texts of the help pages on deactivation. */
    public static final String WEB_TO_LEAD_CREATOR = "You cannot disable the Web to Lead Default Creator.";

    public static final String DEFAULT_CASE_OWNER =
            "You cannot deactivate this user. You cannot deactivate a user who is the default owner of cases";
    public static final String DEFAULT_WORKFLOW_USER = "You cannot deactivate the Default Workflow User";
    public static final String HIERARCHY_FIELD =
            "Cannot inactivate user that is the value of a hierarchy field:Approver__c";

    private final Map<String, String> byUser = new ConcurrentHashMap<>();

    /** Makes every deactivation of this user fail with FIELD_INTEGRITY_EXCEPTION and this text. */
    public void block(String userId, String text) {
        byUser.put(userId, text);
    }

    public void unblock(String userId) {
        byUser.remove(userId);
    }

    Optional<String> of(String userId) {
        return Optional.ofNullable(byUser.get(userId));
    }
}
