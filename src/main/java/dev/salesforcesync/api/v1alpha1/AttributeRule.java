package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How one Salesforce field gets its value. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AttributeRule(
        @JsonPropertyDescription("Name of the Salesforce field.")
        @Required
        @Pattern(Bounds.FIELD)
        @Size(min = 1, max = 80)
        String field,

        @JsonPropertyDescription("CEL expression over user, groups, org, lookups and variables that gives the value. "
                + "A field that refers to a user, such as ManagerId, takes ref() of a distinguished name, as in "
                + "ref(user.manager): the Salesforce user who stands for that person.")
        @Required
        @Size(min = 1, max = 4096)
        String expression,

        @JsonPropertyDescription(
                "Always (kept equal), OnCreate (only for a new Salesforce user) or IfEmpty (only while "
                        + "Salesforce has no value). Default Always.")
        @Default("Always")
        Apply apply,

        @JsonPropertyDescription(
                "What no value means: Clear (empty the field) or Keep (leave what Salesforce has). Default Keep.")
        @Default("Keep")
        OnNull onNull,

        @JsonPropertyDescription("Whether the values of this field are kept out of everything people can read: plans, "
                + "explanations, the audit trail. Default false.")
        @Default("false")
        Boolean sensitive) {

    public AttributeRule {
        field = Given.or(field, "");
        expression = Given.or(expression, "");
        apply = Given.or(apply, Apply.ALWAYS);
        onNull = Given.or(onNull, OnNull.KEEP);
        sensitive = Given.or(sensitive, false);
    }

    /** When a value is written. */
    public enum Apply {
        /** Kept equal. */
        @JsonProperty("Always")
        ALWAYS,

        /** Only for a new Salesforce user. */
        @JsonProperty("OnCreate")
        ON_CREATE,

        /** Only while Salesforce has no value. */
        @JsonProperty("IfEmpty")
        IF_EMPTY,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Apply of(String text) {
            return Given.choice(Apply.class, text).orElse(UNRECOGNIZED);
        }
    }

    /** What no value means. */
    public enum OnNull {
        /** The field is emptied. */
        @JsonProperty("Clear")
        CLEAR,

        /** The field is left as it is. */
        @JsonProperty("Keep")
        KEEP,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static OnNull of(String text) {
            return Given.choice(OnNull.class, text).orElse(UNRECOGNIZED);
        }
    }
}
