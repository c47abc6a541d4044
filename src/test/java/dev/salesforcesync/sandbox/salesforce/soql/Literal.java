package dev.salesforcesync.sandbox.salesforce.soql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A value written in a query. */
public sealed interface Literal {
    record Text(String value) implements Literal {}

    record Flag(boolean value) implements Literal {}

    record Numeral(BigDecimal value) implements Literal {}

    record Moment(Instant value) implements Literal {}

    record Day(LocalDate value) implements Literal {}

    record Nothing() implements Literal {}
}
