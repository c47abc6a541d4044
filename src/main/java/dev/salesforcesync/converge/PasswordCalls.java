package dev.salesforcesync.converge;

import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.RowOutcome;
import java.util.List;

/** What is asked of an org about passwords beside setting them. */
interface PasswordCalls {

    /** Has Salesforce make a new password and send its reset mail. */
    RowOutcome mailReset(SalesforceId user);

    /**
     * Lets users in again who are locked out.
     *
     * @param logins their sign-in records, at most 200
     * @return one outcome per record, in order
     */
    List<RowOutcome> unlock(List<SalesforceId> logins);
}
