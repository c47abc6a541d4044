package dev.salesforcesync.model;

/**
 * A person and the Salesforce user that stands for him, once linked for ever.
 *
 * @param policy the policy that answers for the pair, as {@code namespace/name}
 */
public record PersonLink(ObjectGuid person, SalesforceId user, String policy) {}
