package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a plan is only shown, waits for approval, or is carried out. */
@JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
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
    @JsonEnumDefaultValue
    @JsonProperty("Unrecognized")
    UNRECOGNIZED
}
