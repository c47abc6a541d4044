package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Whether passwords follow the directory. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PasswordsSpec(
        @JsonPropertyDescription(
                "None, Capture (a password changed in the directory is set in Salesforce too; needs the "
                        + "intake) or ResetEmail (Salesforce sends its reset mail). Default None.")
        @Default("None")
        PasswordMode mode,

        @JsonPropertyDescription("Whether setting a password also unlocks the Salesforce user. Default true.")
        @Default("true")
        Boolean unlock,

        @JsonPropertyDescription(
                "What happens when Salesforce refuses a captured password: None or ResetEmail. Default None.")
        @Default("None")
        Fallback fallback) {

    public PasswordsSpec {
        mode = Given.or(mode, PasswordMode.NONE);
        unlock = Given.or(unlock, true);
        fallback = Given.or(fallback, Fallback.NONE);
    }

    /** How passwords follow. */
    public enum PasswordMode {
        /** Not at all. */
        @JsonProperty("None")
        NONE,

        /** Changed passwords are handed on. */
        @JsonProperty("Capture")
        CAPTURE,

        /** Salesforce sends its reset mail. */
        @JsonProperty("ResetEmail")
        RESET_EMAIL,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static PasswordMode of(String text) {
            return Given.choice(PasswordMode.class, text).orElse(UNRECOGNIZED);
        }
    }

    /** What happens to a refused password. */
    public enum Fallback {
        /** It is reported. */
        @JsonProperty("None")
        NONE,

        /** Salesforce sends its reset mail. */
        @JsonProperty("ResetEmail")
        RESET_EMAIL,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Fallback of(String text) {
            return Given.choice(Fallback.class, text).orElse(UNRECOGNIZED);
        }
    }
}
