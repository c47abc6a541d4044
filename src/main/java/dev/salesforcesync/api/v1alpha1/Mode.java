package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a plan is only shown, waits for approval, or is carried out. */
public enum Mode {
    /** The plan is published in the status and nothing is written to Salesforce. */
    @JsonProperty("Preview")
    PREVIEW,

    /** Every plan waits until its hash is approved. */
    @JsonProperty("Approve")
    APPROVE,

    /** What the guard lets through is carried out, the rest waits for approval. */
    @JsonProperty("Enforce")
    ENFORCE,

    /** A value this version does not know, see {@link Unrecognized}. */
    @JsonProperty("Unrecognized")
    UNRECOGNIZED;

    @JsonCreator
    static Mode of(String text) {
        return Given.choice(Mode.class, text).orElse(UNRECOGNIZED);
    }
}
