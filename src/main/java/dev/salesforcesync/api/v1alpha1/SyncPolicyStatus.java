package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was last seen and done for one policy. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SyncPolicyStatus(
        @JsonPropertyDescription("Generation of the spec this status describes.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "What is true of this resource: Ready, Reconciling, Stalled, Accepted, DirectoryRightsSufficient, DirectoryComplete, "
                        + "UsersConverged, PlanHeld, PasswordsFlowing.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("Batches of actions that wait for a person.") @Size(max = 20)
        List<HeldPlan> held,

        @JsonPropertyDescription("People and Salesforce users in numbers.") @Nullable
        Users users,

        @JsonPropertyDescription("The plan as it stands, in numbers.") @Nullable
        Plan plan,

        @JsonPropertyDescription("How far the work under way has come; there only while it takes long.") @Nullable
        Progress progress,

        @JsonPropertyDescription("Refused changes by reason.") @Size(max = 10)
        List<FailureCount> failures,

        @JsonPropertyDescription("When the directory was last read completely (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String lastFullRead,

        @JsonPropertyDescription("When something was last written to Salesforce (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String lastChange,

        @JsonPropertyDescription("When directory and org were last found equal or made so (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String lastSuccess,

        @JsonPropertyDescription(
                "Where the answers to the annotations salesforcesync.dev/explain and salesforcesync.dev/plan are.")
        @Size(max = 2)
        List<Answer> answers,

        @JsonPropertyDescription("Passwords in numbers; there while they follow the directory.") @Nullable
        PasswordsStatus passwords) {

    public SyncPolicyStatus {
        conditions = Given.list(conditions);
        held = Given.list(held);
        failures = Given.list(failures);
        answers = Given.list(answers);
    }

    /** The component {@code observedGeneration}, if it is given. */
    public Optional<Long> findObservedGeneration() {
        return Optional.ofNullable(observedGeneration);
    }

    /** The component {@code users}, if it is given. */
    public Optional<Users> findUsers() {
        return Optional.ofNullable(users);
    }

    /** The component {@code plan}, if it is given. */
    public Optional<Plan> findPlan() {
        return Optional.ofNullable(plan);
    }

    /** The component {@code progress}, if it is given. */
    public Optional<Progress> findProgress() {
        return Optional.ofNullable(progress);
    }

    /** The component {@code lastFullRead}, if it is given. */
    public Optional<String> findLastFullRead() {
        return Optional.ofNullable(lastFullRead);
    }

    /** The component {@code lastChange}, if it is given. */
    public Optional<String> findLastChange() {
        return Optional.ofNullable(lastChange);
    }

    /** The component {@code lastSuccess}, if it is given. */
    public Optional<String> findLastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    /** The component {@code passwords}, if it is given. */
    public Optional<PasswordsStatus> findPasswords() {
        return Optional.ofNullable(passwords);
    }

    /** The same with other answers. */
    public SyncPolicyStatus withAnswers(List<Answer> others) {
        return new SyncPolicyStatus(
                observedGeneration,
                conditions,
                held,
                users,
                plan,
                progress,
                failures,
                lastFullRead,
                lastChange,
                lastSuccess,
                others,
                passwords);
    }

    /** The same with what is to be said of passwords, the condition among the others. */
    public SyncPolicyStatus withPasswords(List<Condition> all, @Nullable PasswordsStatus numbers) {
        return new SyncPolicyStatus(
                observedGeneration,
                all,
                held,
                users,
                plan,
                progress,
                failures,
                lastFullRead,
                lastChange,
                lastSuccess,
                answers,
                numbers);
    }

    /** The status before anything was seen. */
    public static SyncPolicyStatus empty() {
        return Given.defaults(SyncPolicyStatus.class);
    }

    /** A batch of actions that waits for a person. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record HeldPlan(
            @JsonPropertyDescription("Hash that releases the batch when it is put into safety.approve.")
            @Required
            @Size(min = 1, max = 128)
            String hash,

            @JsonPropertyDescription("When the batch was held (RFC 3339).")
            @Size(max = 64)
            @Pattern(Bounds.TIME)
            @Nullable
            String since,

            @JsonPropertyDescription("Number of actions by kind.") @Size(max = 32)
            Map<String, @Min(0) @Max(2147483647) Integer> counts) {

        public HeldPlan {
            hash = Given.or(hash, "");
            counts = Given.map(counts);
        }

        /** The component {@code since}, if it is given. */
        public Optional<String> findSince() {
            return Optional.ofNullable(since);
        }
    }

    /** People and Salesforce users in numbers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Users(
            @JsonPropertyDescription("People in scope.") @Min(0) @Max(2147483647) @Nullable
            Integer inScope,

            @JsonPropertyDescription("People linked to a Salesforce user.") @Min(0) @Max(2147483647) @Nullable
            Integer linked,

            @JsonPropertyDescription("People whose changes have not been carried out yet.")
            @Min(0)
            @Max(2147483647)
            @Nullable
            Integer pending,

            @JsonPropertyDescription("People whose last change Salesforce refused.") @Min(0) @Max(2147483647) @Nullable
            Integer failing,

            @JsonPropertyDescription("People that match several Salesforce users.") @Min(0) @Max(2147483647) @Nullable
            Integer ambiguous,

            @JsonPropertyDescription("Active Salesforce users whom nobody in the directory stands for.")
            @Min(0)
            @Max(2147483647)
            @Nullable
            Integer orphaned,

            @JsonPropertyDescription("People in scope whom no Salesforce user stands for.")
            @Min(0)
            @Max(2147483647)
            @Nullable
            Integer unmatched) {

        /** The component {@code inScope}, if it is given. */
        public Optional<Integer> findInScope() {
            return Optional.ofNullable(inScope);
        }

        /** The component {@code linked}, if it is given. */
        public Optional<Integer> findLinked() {
            return Optional.ofNullable(linked);
        }

        /** The component {@code pending}, if it is given. */
        public Optional<Integer> findPending() {
            return Optional.ofNullable(pending);
        }

        /** The component {@code failing}, if it is given. */
        public Optional<Integer> findFailing() {
            return Optional.ofNullable(failing);
        }

        /** The component {@code ambiguous}, if it is given. */
        public Optional<Integer> findAmbiguous() {
            return Optional.ofNullable(ambiguous);
        }

        /** The component {@code orphaned}, if it is given. */
        public Optional<Integer> findOrphaned() {
            return Optional.ofNullable(orphaned);
        }

        /** The component {@code unmatched}, if it is given. */
        public Optional<Integer> findUnmatched() {
            return Optional.ofNullable(unmatched);
        }
    }

    /** The plan as it stands, in numbers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Plan(
            @JsonPropertyDescription("Hash of the plan.") @Size(max = 128) @Nullable
            String hash,

            @JsonPropertyDescription("Users to create.") @Min(0) @Max(2147483647) @Nullable
            Integer creates,

            @JsonPropertyDescription("Users to update.") @Min(0) @Max(2147483647) @Nullable
            Integer updates,

            @JsonPropertyDescription("Users to deactivate.") @Min(0) @Max(2147483647) @Nullable
            Integer deactivations,

            @JsonPropertyDescription("Users to freeze.") @Min(0) @Max(2147483647) @Nullable
            Integer freezes,

            @JsonPropertyDescription("Users to reactivate or unfreeze.") @Min(0) @Max(2147483647) @Nullable
            Integer reactivations,

            @JsonPropertyDescription("Entitlements to grant.") @Min(0) @Max(2147483647) @Nullable
            Integer grants,

            @JsonPropertyDescription("Entitlements to remove.") @Min(0) @Max(2147483647) @Nullable
            Integer removals,

            @JsonPropertyDescription("The first actions of the plan, without personal data.") @Size(max = 10)
            List<@Size(max = 256) String> sample) {

        public Plan {
            sample = Given.list(sample);
        }

        /** The component {@code hash}, if it is given. */
        public Optional<String> findHash() {
            return Optional.ofNullable(hash);
        }

        /** The component {@code creates}, if it is given. */
        public Optional<Integer> findCreates() {
            return Optional.ofNullable(creates);
        }

        /** The component {@code updates}, if it is given. */
        public Optional<Integer> findUpdates() {
            return Optional.ofNullable(updates);
        }

        /** The component {@code deactivations}, if it is given. */
        public Optional<Integer> findDeactivations() {
            return Optional.ofNullable(deactivations);
        }

        /** The component {@code freezes}, if it is given. */
        public Optional<Integer> findFreezes() {
            return Optional.ofNullable(freezes);
        }

        /** The component {@code reactivations}, if it is given. */
        public Optional<Integer> findReactivations() {
            return Optional.ofNullable(reactivations);
        }

        /** The component {@code grants}, if it is given. */
        public Optional<Integer> findGrants() {
            return Optional.ofNullable(grants);
        }

        /** The component {@code removals}, if it is given. */
        public Optional<Integer> findRemovals() {
            return Optional.ofNullable(removals);
        }
    }

    /** How far the work under way has come. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Progress(
            @JsonPropertyDescription("Reading, Planning or Writing.") @Required @Size(min = 1, max = 16)
            String phase,

            @JsonPropertyDescription("All of it in a few words, for a column.") @Size(max = 128) @Nullable
            String summary,

            @JsonPropertyDescription("Rows whose call to Salesforce has ended.") @Min(0) @Max(2147483647) @Nullable
            Integer done,

            @JsonPropertyDescription("Rows to be written in all.") @Min(0) @Max(2147483647) @Nullable
            Integer total,

            @JsonPropertyDescription("When the work began (RFC 3339).") @Size(max = 64) @Pattern(Bounds.TIME) @Nullable
            String started,

            @JsonPropertyDescription(
                    "When it ends if it goes on as fast as so far (RFC 3339); there as soon as enough rows are written to "
                            + "tell.")
            @Size(max = 64)
            @Pattern(Bounds.TIME)
            @Nullable
            String expectedEnd) {

        public Progress {
            phase = Given.or(phase, "");
        }

        /** The component {@code summary}, if it is given. */
        public Optional<String> findSummary() {
            return Optional.ofNullable(summary);
        }

        /** The component {@code done}, if it is given. */
        public Optional<Integer> findDone() {
            return Optional.ofNullable(done);
        }

        /** The component {@code total}, if it is given. */
        public Optional<Integer> findTotal() {
            return Optional.ofNullable(total);
        }

        /** The component {@code started}, if it is given. */
        public Optional<String> findStarted() {
            return Optional.ofNullable(started);
        }

        /** The component {@code expectedEnd}, if it is given. */
        public Optional<String> findExpectedEnd() {
            return Optional.ofNullable(expectedEnd);
        }
    }

    /** Where the answer to a question is; never the answer itself. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Answer(
            @JsonPropertyDescription("Which question: explain or plan.") @Required @Size(min = 1, max = 16)
            String question,

            @JsonPropertyDescription("Digest of the annotation's value that was answered.")
            @Required
            @Size(min = 1, max = 64)
            String asked,

            @JsonPropertyDescription("ConfigMaps of this namespace that hold the answer; none when it has expired.")
            @Size(max = 10)
            List<@Size(max = 253) String> configMaps,

            @JsonPropertyDescription("When they are deleted (RFC 3339).")
            @Size(max = 64)
            @Pattern(Bounds.TIME)
            @Nullable
            String expires,

            @JsonPropertyDescription("Why the answer could not be put there.") @Size(max = 512) @Nullable
            String message) {

        public Answer {
            question = Given.or(question, "");
            asked = Given.or(asked, "");
            configMaps = Given.list(configMaps);
        }

        /** The component {@code expires}, if it is given. */
        public Optional<String> findExpires() {
            return Optional.ofNullable(expires);
        }

        /** The component {@code message}, if it is given. */
        public Optional<String> findMessage() {
            return Optional.ofNullable(message);
        }
    }

    /** People whose change was refused, by reason. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record FailureCount(
            @JsonPropertyDescription("Stable reason in CamelCase, for example SalesforceLicenseLimitExceeded.")
            @Required
            @Size(min = 1, max = 128)
            String code,

            @JsonPropertyDescription("People refused for this reason.") @Min(0) @Max(2147483647) @Nullable
            Integer count,

            @JsonPropertyDescription("Some of them by objectGUID.") @Size(max = 10)
            List<@Size(max = 256) String> sample) {

        public FailureCount {
            code = Given.or(code, "");
            sample = Given.list(sample);
        }

        /** The component {@code count}, if it is given. */
        public Optional<Integer> findCount() {
            return Optional.ofNullable(count);
        }
    }
}
