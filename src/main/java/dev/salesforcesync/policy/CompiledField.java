package dev.salesforcesync.policy;

import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.expression.ExpectedType;
import dev.salesforcesync.policy.expression.Expression;
import dev.salesforcesync.policy.expression.Facts;
import dev.salesforcesync.policy.expression.Outcome;
import java.util.Optional;

/**
 * One owned field, ready to be evaluated.
 *
 * @param describe what the org says of the field
 * @param lenient the rule is a default: what does not fit is cut or falls back
 * @param fallback for values that the org does not know; empty for none
 */
record CompiledField(
        UserField describe,
        Expression expression,
        Apply apply,
        OnNull onNull,
        boolean sensitive,
        boolean lenient,
        String fallback) {

    /** What evaluating the field came to. */
    sealed interface Result {
        record Value(DesiredField field) implements Result {}

        record Refers(DesiredReference reference) implements Result {}

        record LeaveAlone() implements Result {}

        record Problem(String code, String message) implements Result {}
    }

    String name() {
        return describe.name();
    }

    Result evaluate(Facts facts) {
        Outcome outcome = expression.evaluate(facts);
        if (outcome instanceof Outcome.Text text) {
            return value(text.value());
        }
        if (outcome instanceof Outcome.Truth truth) {
            return wanted(Optional.of(Boolean.toString(truth.value())));
        }
        if (outcome instanceof Outcome.Referred referred) {
            return refers(referred.dn());
        }
        if (outcome instanceof Outcome.Failed failed) {
            if (expression.type() == ExpectedType.REFERENCE && failed.code().equals("AttributeMissing")) {
                // Somebody at the top has no manager: that is no mistake of the expression.
                return refers("");
            }
            return new Result.Problem(failed.code(), explain(failed));
        }
        return new Result.LeaveAlone();
    }

    private Result refers(String dn) {
        return new Result.Refers(
                new DesiredReference(name(), dn, Optional.empty(), true, apply, onNull == OnNull.CLEAR, sensitive));
    }

    private Result value(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            return onNull == OnNull.CLEAR ? wanted(Optional.empty()) : new Result.LeaveAlone();
        }
        if (!describe.picklist().isEmpty() && !describe.picklist().contains(value)) {
            if (lenient && describe.picklist().contains(fallback)) {
                return wanted(Optional.of(fallback));
            }
            return new Result.Problem(
                    "ValueNotInPicklist",
                    "the value is not among those the org allows for " + name() + "; translate it with a lookup table");
        }
        if (describe.length() > 0 && value.length() > describe.length()) {
            if (lenient) {
                return wanted(Optional.of(cut(value, describe.length())));
            }
            return new Result.Problem(
                    "ValueTooLong",
                    "the value is longer than the " + describe.length() + " characters that " + name()
                            + " holds; cut it with left()");
        }
        return wanted(Optional.of(value));
    }

    private Result wanted(Optional<String> value) {
        return new Result.Value(new DesiredField(name(), value, apply, sensitive));
    }

    /** At most {@code length} UTF-16 units, without cutting a code point in two. */
    static String cut(String value, int length) {
        if (value.length() <= length) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(length - 1)) ? length - 1 : length;
        return value.substring(0, end).stripTrailing();
    }

    static String explain(Outcome.Failed failed) {
        String where = failed.position() < 0 ? "" : " at position " + (failed.position() + 1);
        return switch (failed.code()) {
            case "AttributeMissing" ->
                "the expression needs an attribute that the person does not have" + where + "; use .? and orValue()";
            case "ValueTooLong" -> "the expression makes a text that is too long" + where;
            case "ExpressionTooExpensive" -> "the expression takes too many steps" + where;
            case "IndexOutOfBounds" -> "the expression asks for a part that is not there" + where;
            default -> "the expression has no answer for this person" + where;
        };
    }
}
