package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What a plan may do before a person has to look at it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SafetySpec(
        @JsonPropertyDescription(
                "How many users a plan may touch in each way; what is above waits for approval, the rest goes on.")
        @Default("{}")
        Limits limits,

        @JsonPropertyDescription(
                "Number of users that is always allowed in each way, so that small orgs work although a "
                        + "percentage gives less. Default 5.")
        @Min(0)
        @Max(1000)
        @Default("5")
        Integer floor,

        @JsonPropertyDescription("A full read that finds fewer people counts as incomplete, so that nobody leaves "
                + "because of it. Default 1.")
        @Min(0)
        @Max(1000000)
        @Default("1")
        Integer minimumUsers,

        @JsonPropertyDescription(
                "Distinguished names of entries that every complete read must contain; one that is missing "
                        + "makes the read incomplete.")
        @Size(max = 20)
        List<@Size(min = 1, max = 1024) String> canaries,

        @JsonPropertyDescription("How many people may fail before the policy as a whole stops being Ready.")
        @Default("{}")
        MaxFailing maxFailing,

        @JsonPropertyDescription(
                "Hashes of held plans a person has looked at and releases. Each releases exactly that plan, once.")
        @Size(max = 20)
        List<@Pattern(Bounds.TOKEN) @Size(min = 1, max = 128) String> approve) {

    public SafetySpec {
        limits = Given.or(limits, Limits.class);
        floor = Given.or(floor, 5);
        minimumUsers = Given.or(minimumUsers, 1);
        canaries = Given.list(canaries);
        maxFailing = Given.or(maxFailing, MaxFailing.class);
        approve = Given.list(approve);
    }

    /** One limit for each way to do harm. Of percent and count the lower counts, but never less than the floor. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Limits(
            @JsonPropertyDescription("Users deactivated or frozen. Default 5 percent, 50 users.")
            @Default("{\"percent\":5,\"count\":50}")
            Limit deactivate,

            @JsonPropertyDescription(
                    "Users who lose a profile, role, permission set, licence or group. Default 5 percent, 50 users.")
            @Default("{\"percent\":5,\"count\":50}")
            Limit removeEntitlement,

            @JsonPropertyDescription(
                    "Users who get a privileged profile or permission set. Default 1 percent, 5 users.")
            @Default("{\"percent\":1,\"count\":5}")
            Limit grantPrivileged,

            @JsonPropertyDescription("Users whose username or e-mail address changes. Default 5 percent, 50 users.")
            @Default("{\"percent\":5,\"count\":50}")
            Limit changeUsernameOrEmail,

            @JsonPropertyDescription("Users updated in any way. Default 20 percent, 2000 users.")
            @Default("{\"percent\":20,\"count\":2000}")
            Limit update) {

        public Limits {
            deactivate = Given.or(deactivate, new Limit(5, 50));
            removeEntitlement = Given.or(removeEntitlement, new Limit(5, 50));
            grantPrivileged = Given.or(grantPrivileged, new Limit(1, 5));
            changeUsernameOrEmail = Given.or(changeUsernameOrEmail, new Limit(5, 50));
            update = Given.or(update, new Limit(20, 2000));
        }
    }

    /** How many people may fail. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record MaxFailing(
            @JsonPropertyDescription("Share in percent of the people in scope. Default 5.")
            @Min(0)
            @Max(100)
            @Default("5")
            Integer percent) {

        public MaxFailing {
            percent = Given.or(percent, 5);
        }
    }
}
