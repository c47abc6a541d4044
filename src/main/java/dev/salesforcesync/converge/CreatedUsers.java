package dev.salesforcesync.converge;

import dev.salesforcesync.model.SalesforceUser;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Tells users that a lost answer may have created from those who were there before. */
final class CreatedUsers {
    static final String CREATED_DATE = "CreatedDate";

    /** How far the org's clock may be from ours. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    /** Salesforce writes the offset without a colon (REST API Developer Guide, "Valid Date and DateTime Formats"). */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][X]");

    private CreatedUsers() {}

    static boolean since(SalesforceUser user, Instant moment) {
        return user.field(CREATED_DATE)
                .map(CreatedUsers::parse)
                .filter(created -> created.isAfter(moment.minus(SKEW)))
                .isPresent();
    }

    private static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text, FORMAT).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
