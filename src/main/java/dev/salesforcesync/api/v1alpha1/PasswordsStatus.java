package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy's passwords in numbers; never whose they are. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PasswordsStatus(
        @JsonPropertyDescription("Captured passwords, or reset mails, that Salesforce does not have yet.")
        @Min(0)
        @Max(2147483647)
        @Nullable
        Integer pending,

        @JsonPropertyDescription("Those of them that wait for their person to have a Salesforce user.")
        @Min(0)
        @Max(2147483647)
        @Nullable
        Integer withoutUser,

        @JsonPropertyDescription(
                "Those of them of whom the directory could not be asked yet whether they are in scope.")
        @Min(0)
        @Max(2147483647)
        @Nullable
        Integer undecided,

        @JsonPropertyDescription("When the oldest of them came in (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String oldestPending,

        @JsonPropertyDescription("Passwords that Salesforce took since the operator's leader started.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable
        Long delivered,

        @JsonPropertyDescription("Reset mails that Salesforce sent since the operator's leader started.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable
        Long resetMails,

        @JsonPropertyDescription("Users let in again after a lockout since the operator's leader started.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable
        Long unlocked,

        @JsonPropertyDescription("When Salesforce took the last one (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String lastDelivered,

        @JsonPropertyDescription(
                "What was not delivered since the operator's leader started, by reason: refused by Salesforce's password "
                        + "policy, not applicable to the user, expired.")
        @Size(max = 20)
        List<Refused> refused) {

    public PasswordsStatus {
        refused = Given.list(refused);
    }

    /** The component {@code pending}, if it is given. */
    public Optional<Integer> findPending() {
        return Optional.ofNullable(pending);
    }

    /** The component {@code oldestPending}, if it is given. */
    public Optional<String> findOldestPending() {
        return Optional.ofNullable(oldestPending);
    }

    /** The component {@code delivered}, if it is given. */
    public Optional<Long> findDelivered() {
        return Optional.ofNullable(delivered);
    }

    /** Passwords that were not delivered, by reason. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Refused(
            @JsonPropertyDescription("Stable reason in CamelCase, for example PasswordTooShort.")
            @Required
            @Size(min = 1, max = 128)
            String code,

            @JsonPropertyDescription("Passwords not delivered for this reason.")
            @Min(0)
            @Max(9007199254740991L)
            @Nullable
            Long count) {

        public Refused {
            code = Given.or(code, "");
        }

        /** The component {@code count}, if it is given. */
        public Optional<Long> findCount() {
            return Optional.ofNullable(count);
        }
    }
}
