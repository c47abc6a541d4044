package dev.salesforcesync.salesforce;

import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.util.List;
import java.util.Map;

/**
 * What an org's rows say was written since some moment, by us or by anybody else. Deleted rows leave no trace in it.
 *
 * @param users internal users, as they are now
 * @param logins their sign-in records, as they are now
 * @param rights who holds each new row that gives a right, by row id
 */
public record OrgNews(List<SalesforceUser> users, List<LoginRecord> logins, Map<SalesforceId, SalesforceId> rights) {
    public OrgNews {
        users = List.copyOf(users);
        logins = List.copyOf(logins);
        rights = Map.copyOf(rights);
    }
}
