package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which people become Salesforce users, and how. */
@ValidationRule(
        value = "self.target == oldSelf.target",
        message = "target must not be changed: make a new policy",
        fieldPath = ".target")
@ValidationRule(
        value = "!has(oldSelf.anchor) || (has(self.anchor) && self.anchor.field == oldSelf.anchor.field)",
        message = "anchor must not be changed or removed once it is set",
        fieldPath = ".anchor")
@ValidationRule(
        value =
                "!has(self.links) || self.links.all(link, self.links.exists_one(other, other.username == link.username))",
        message = "links must not name a username twice",
        fieldPath = ".links")
@ValidationRule(
        value = "self.target == 'User' || self.passwords.mode == 'None'",
        message = "passwords.mode must be None unless target is User",
        fieldPath = ".passwords.mode")
@ValidationRule(
        value = "self.target == 'User' || has(self.anchor)",
        message = "anchor must be given unless target is User",
        fieldPath = ".anchor")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SyncPolicySpec(
        @JsonPropertyDescription("The SalesforceConnection of the org, in the same namespace.") @Required
        LocalRef connectionRef,

        @JsonPropertyDescription("What people become: User, Contact, Lead or Group. Cannot be changed. Default User.")
        @Default("User")
        Target target,

        @JsonPropertyDescription(
                "Preview (publish the plan, write nothing), Approve (every plan waits until its hash is in "
                        + "safety.approve) or Enforce (only what the guard holds waits). Default Preview.")
        @Default("Preview")
        Mode mode,

        @JsonPropertyDescription("Stops reading and writing for this policy. Default false.") @Default("false")
        Boolean suspend,

        @JsonPropertyDescription("Which Active Directory domain is read, and how.") @Required
        DirectorySpec directory,

        @JsonPropertyDescription("How often the operator looks without being told.") @Default("{}")
        IntervalsSpec intervals,

        @JsonPropertyDescription("Which people of the directory this policy is about.") @Required
        ScopeSpec scope,

        @JsonPropertyDescription(
                "A person claimed by two policies belongs to the one with the higher number; on equal numbers "
                        + "the incumbent acts and the newcomer is in conflict. Default 0.")
        @Min(-1000000)
        @Max(1000000)
        @Default("0")
        Integer priority,

        @JsonPropertyDescription(
                "External-id field in Salesforce that holds the objectGUID. Omitted: links are kept by the "
                        + "operator. Can be set later, not changed or removed.")
        @Nullable
        AnchorSpec anchor,

        @JsonPropertyDescription("People linked to a Salesforce user by hand, for the odd one that no rule matches.")
        @Size(max = 200)
        List<LinkSpec> links,

        @JsonPropertyDescription("How an existing Salesforce user is recognised at first contact, tried in this order; "
                + "afterwards the link counts. Empty: by the computed Username.")
        @Size(max = 10)
        List<MatchingRule> matching,

        @JsonPropertyDescription("Named CEL expressions that attributes, usernames and matching use as variables.NAME.")
        @Size(max = 50)
        Map<String, @Size(min = 1, max = 4096) String> variables,

        @JsonPropertyDescription("Named tables that expressions use as lookups.NAME[KEY].") @Size(max = 20)
        Map<String, Map<String, String>> lookups,

        @JsonPropertyDescription("How Salesforce fields get their values. Empty: sound defaults for Email, FirstName, "
                + "LastName, Department and EmployeeNumber, kept equal, and for Alias, CommunityNickname, "
                + "EmailEncodingKey, LanguageLocaleKey, LocaleSidKey and TimeZoneSidKey, set for new users "
                + "only. Given: these and no others, besides what Salesforce requires of a new user.")
        @Size(max = 200)
        List<AttributeRule> attributes,

        @JsonPropertyDescription("How usernames, unique in all of Salesforce, are found.") @Default("{}")
        UsernamesSpec usernames,

        @JsonPropertyDescription("What people may do in Salesforce, by their groups.") @Default("{}")
        EntitlementsSpec entitlements,

        @JsonPropertyDescription("What becomes of a Salesforce user as the person comes, changes and goes.")
        @Default("{}")
        LifecycleSpec lifecycle,

        @JsonPropertyDescription(
                "What happens to owned fields that somebody changed in Salesforce: Heal (written back) or "
                        + "Report (counted only). Default Heal.")
        @Default("Heal")
        Drift drift,

        @JsonPropertyDescription("What a plan may do before a person has to look at it.") @Default("{}")
        SafetySpec safety,

        @JsonPropertyDescription("Whether passwords follow the directory.") @Default("{}")
        PasswordsSpec passwords,

        @JsonPropertyDescription(
                "Examples that must come out right before a new generation of this policy is accepted; the "
                        + "last accepted one keeps running meanwhile.")
        @Size(max = 50)
        List<PolicyTest> tests) {

    public SyncPolicySpec {
        connectionRef = Given.or(connectionRef, LocalRef.class);
        target = Given.or(target, Target.USER);
        mode = Given.or(mode, Mode.PREVIEW);
        suspend = Given.or(suspend, false);
        directory = Given.or(directory, DirectorySpec.class);
        intervals = Given.or(intervals, IntervalsSpec.class);
        scope = Given.or(scope, ScopeSpec.class);
        priority = Given.or(priority, 0);
        links = Given.list(links);
        matching = Given.list(matching);
        variables = Given.map(variables);
        lookups = Given.tables(lookups);
        attributes = Given.list(attributes);
        usernames = Given.or(usernames, UsernamesSpec.class);
        entitlements = Given.or(entitlements, EntitlementsSpec.class);
        lifecycle = Given.or(lifecycle, LifecycleSpec.class);
        drift = Given.or(drift, Drift.HEAL);
        safety = Given.or(safety, SafetySpec.class);
        passwords = Given.or(passwords, PasswordsSpec.class);
        tests = Given.list(tests);
    }

    /** The component {@code anchor}, if it is given. */
    public Optional<AnchorSpec> findAnchor() {
        return Optional.ofNullable(anchor);
    }

    /** What people become in Salesforce. */
    public enum Target {
        /** Users who sign in. */
        @JsonProperty("User")
        USER,

        /** Contacts. */
        @JsonProperty("Contact")
        CONTACT,

        /** Leads. */
        @JsonProperty("Lead")
        LEAD,

        /** Public groups. */
        @JsonProperty("Group")
        GROUP,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Target of(String text) {
            return Given.choice(Target.class, text).orElse(UNRECOGNIZED);
        }
    }

    /** What happens to changes made by others. */
    public enum Drift {
        /** They are written back. */
        @JsonProperty("Heal")
        HEAL,

        /** They are counted. */
        @JsonProperty("Report")
        REPORT,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Drift of(String text) {
            return Given.choice(Drift.class, text).orElse(UNRECOGNIZED);
        }
    }
}
