package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What becomes of a Salesforce user as the person comes, changes and goes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LifecycleSpec(
        @JsonPropertyDescription("Whether Salesforce users are created. Default true.") @Default("true")
        Boolean create,

        @JsonPropertyDescription("Whether existing Salesforce users are updated. Default true.") @Default("true")
        Boolean update,

        @JsonPropertyDescription(
                "When the person's account is disabled or expired: None, Freeze (no sign-in, keeps the "
                        + "licence), Deactivate (no sign-in, frees the licence) or FreezeThenDeactivate (freeze at "
                        + "once, then deactivate, also where deactivation is refused at first). Default "
                        + "FreezeThenDeactivate.")
        @Default("FreezeThenDeactivate")
        Leaving whenDisabled,

        @JsonPropertyDescription("When the person's account is deleted: None, Freeze (no sign-in, keeps the licence), "
                + "Deactivate (no sign-in, frees the licence) or FreezeThenDeactivate (freeze at once, then "
                + "deactivate, also where deactivation is refused at first). Default Deactivate.")
        @Default("Deactivate")
        Leaving whenDeleted,

        @JsonPropertyDescription(
                "When the person is in the directory but no longer in scope: None, Freeze (no sign-in, keeps "
                        + "the licence), Deactivate (no sign-in, frees the licence) or FreezeThenDeactivate (freeze at "
                        + "once, then deactivate, also where deactivation is refused at first). Default None.")
        @Default("None")
        Leaving whenOutOfScope,

        @JsonPropertyDescription(
                "When somebody this operator deactivated or froze is back: Reactivate or None. Who was "
                        + "deactivated by somebody else is never reactivated. Default Reactivate.")
        @Default("Reactivate")
        Return whenBack) {

    public LifecycleSpec {
        create = Given.or(create, true);
        update = Given.or(update, true);
        whenDisabled = Given.or(whenDisabled, Leaving.FREEZE_THEN_DEACTIVATE);
        whenDeleted = Given.or(whenDeleted, Leaving.DEACTIVATE);
        whenOutOfScope = Given.or(whenOutOfScope, Leaving.NONE);
        whenBack = Given.or(whenBack, Return.REACTIVATE);
    }

    /** What is done to a user whose person has gone. */
    public enum Leaving {
        /** Nothing. */
        @JsonProperty("None")
        NONE,

        /** No sign-in, the licence stays taken. */
        @JsonProperty("Freeze")
        FREEZE,

        /** No sign-in, the licence is freed. */
        @JsonProperty("Deactivate")
        DEACTIVATE,

        /** Frozen at once, then deactivated. */
        @JsonProperty("FreezeThenDeactivate")
        FREEZE_THEN_DEACTIVATE,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Leaving of(String text) {
            return Given.choice(Leaving.class, text).orElse(UNRECOGNIZED);
        }
    }

    /** What is done when the person is back. */
    public enum Return {
        /** What the operator took is given back. */
        @JsonProperty("Reactivate")
        REACTIVATE,

        /** Nothing. */
        @JsonProperty("None")
        NONE,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Return of(String text) {
            return Given.choice(Return.class, text).orElse(UNRECOGNIZED);
        }
    }
}
