package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a seat is taken from somebody. */
public enum LicenseReason {
    /** No sign of life for some time. */
    @JsonProperty("Inactive")
    INACTIVE,

    /** The directory account is locked. */
    @JsonProperty("LockedOut")
    LOCKED_OUT,

    /** The directory password has expired. */
    @JsonProperty("PasswordExpired")
    PASSWORD_EXPIRED,

    /** The directory account is disabled. */
    @JsonProperty("AccountDisabled")
    ACCOUNT_DISABLED,

    /** The directory account has expired. */
    @JsonProperty("AccountExpired")
    ACCOUNT_EXPIRED,

    /** The directory account is deleted. */
    @JsonProperty("Deleted")
    DELETED,

    /** A value this version does not know, see {@link Unrecognized}. */
    @JsonProperty("Unrecognized")
    UNRECOGNIZED;

    @JsonCreator
    static LicenseReason of(String text) {
        return Given.choice(LicenseReason.class, text).orElse(UNRECOGNIZED);
    }
}
