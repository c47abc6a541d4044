package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.SignInState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how some users may sign in, all of it in one call. */
final class SignInStates {
    /** As many as are asked for by one query of each sort. */
    static final int MAX = 200;

    private static final Set<String> FIELDS = Set.of("LastPasswordChangeDate", "CreatedDate");
    private static final String LOGINS = "SELECT Id, UserId, IsFrozen, IsPasswordLocked FROM UserLogin";

    /** "Is Single Sign-On Enabled": somebody else's word lets in, by a profile's own permission set, too. */
    private static final String ELSEWHERE = "SELECT AssigneeId FROM PermissionSetAssignment WHERE"
            + " PermissionSet.PermissionsIsSsoEnabled = true AND AssigneeId";

    private final RestApi rest;

    SignInStates(RestApi rest) {
        this.rest = rest;
    }

    Result<List<SignInState>> of(Collection<SalesforceId> users) {
        List<String> ids =
                users.stream().map(SalesforceId::value).distinct().sorted().toList();
        List<SignInState> states = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MAX) {
            Result<List<SignInState>> some = read(ids.subList(from, Math.min(ids.size(), from + MAX)));
            if (some instanceof Result.Failed<List<SignInState>> failed) {
                return Result.failed(failed.failure());
            }
            states.addAll(((Result.Ok<List<SignInState>>) some).value());
        }
        return Result.ok(List.copyOf(states));
    }

    /** Active users made since then who never had a password. */
    Result<Set<SalesforceId>> neverSet(Instant createdSince) {
        Set<SalesforceId> users = new HashSet<>();
        try {
            return rest.query(
                            "SELECT Id FROM User WHERE IsActive = true AND LastPasswordChangeDate = null AND CreatedDate >= "
                                    + Soql.dateTime(createdSince.truncatedTo(ChronoUnit.SECONDS)),
                            row -> users.add(new SalesforceId(row.getOrDefault("Id", ""))))
                    .map(read -> Set.copyOf(users));
        } catch (IllegalArgumentException garbled) {
            return Result.failed(NetworkErrors.unreadable());
        }
    }

    private Result<List<SignInState>> read(List<String> ids) {
        return UserReader.select(FIELDS).flatMap(select -> {
            List<String> queries = new ArrayList<>();
            queries.addAll(Soql.in(select + " FROM User WHERE Id", ids));
            int logins = queries.size();
            queries.addAll(Soql.in(LOGINS + " WHERE UserId", ids));
            int elsewhere = queries.size();
            queries.addAll(Soql.in(ELSEWHERE, ids));
            List<Result<List<Map<String, String>>>> answers = rest.queries(queries);
            Optional<Failure> failure = answers.subList(0, elsewhere).stream()
                    .filter(Result.Failed.class::isInstance)
                    .map(answer -> ((Result.Failed<?>) answer).failure())
                    .findFirst()
                    .or(() -> answers.subList(elsewhere, answers.size()).stream()
                            .filter(Result.Failed.class::isInstance)
                            .map(answer -> ((Result.Failed<?>) answer).failure())
                            // an org without that permission says that it does not know the field
                            .filter(why -> !why.reason().equals(SalesforceReason.FIELD_UNKNOWN))
                            .findFirst());
            if (failure.isPresent()) {
                return Result.failed(failure.get());
            }
            try {
                return Result.ok(states(
                        rows(answers.subList(0, logins)),
                        rows(answers.subList(logins, elsewhere)),
                        rows(answers.subList(elsewhere, answers.size()))));
            } catch (IllegalArgumentException | DateTimeException garbled) {
                return Result.failed(NetworkErrors.unreadable());
            }
        });
    }

    private static List<Map<String, String>> rows(List<Result<List<Map<String, String>>>> answers) {
        List<Map<String, String>> rows = new ArrayList<>();
        answers.forEach(answer -> {
            if (answer instanceof Result.Ok<List<Map<String, String>>> ok) {
                rows.addAll(ok.value());
            }
        });
        return rows;
    }

    private static List<SignInState> states(
            List<Map<String, String>> users, List<Map<String, String>> logins, List<Map<String, String>> elsewhere) {
        Map<SalesforceId, Map<String, String>> records = new HashMap<>();
        logins.forEach(row -> records.put(new SalesforceId(row.getOrDefault("UserId", "")), row));
        Set<SalesforceId> others = new HashSet<>();
        elsewhere.forEach(row -> others.add(new SalesforceId(row.getOrDefault("AssigneeId", ""))));
        List<SignInState> states = new ArrayList<>();
        for (Map<String, String> row : users) {
            SalesforceUser user = UserReader.user(row);
            Map<String, String> login = records.getOrDefault(user.id(), Map.of());
            states.add(new SignInState(
                    user,
                    Optional.ofNullable(login.get("Id")).map(SalesforceId::new),
                    "true".equals(login.get("IsFrozen")),
                    "true".equals(login.get("IsPasswordLocked")),
                    others.contains(user.id()),
                    user.field("LastPasswordChangeDate").map(SignInStates::moment),
                    user.field("CreatedDate").map(SignInStates::moment).orElse(user.modified())));
        }
        return states;
    }

    private static Instant moment(String text) {
        return OffsetDateTime.parse(text, UserReader.STAMP).toInstant();
    }
}
