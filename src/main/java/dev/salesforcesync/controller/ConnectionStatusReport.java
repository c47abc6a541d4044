package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.converge.ConnectionSnapshot;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.salesforce.SalesforceReason;
import dev.salesforcesync.status.ConditionSet;
import dev.salesforcesync.status.ConnectionTrouble;
import dev.salesforcesync.status.Readiness;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a SalesforceConnection's status what its engine saw. */
final class ConnectionStatusReport {
    private static final int MOST_LICENSES = 100;
    private static final int MOST_PROFILES = 100;
    private static final String SUCCEEDED = "Succeeded";

    private static final Good SIGNED_IN =
            new Good(SUCCEEDED, "Signed in to the org with the credentials of the Secret.");
    /** Salesforce Help 005132110: login() up to API version 64.0, and until Summer '27. */
    private static final Good SIGNED_IN_BY_SOAP = new Good(
            SalesforceReason.LOGIN_ENDING,
            "Signed in by SOAP login(), which Salesforce ends with the release Summer '27. Change"
                    + " spec.authentication to clientCredentials or jwtBearer before.");

    /** What a condition says when nothing is wrong. */
    private record Good(String reason, String message) {}

    private ConnectionStatusReport() {}

    static SalesforceConnectionStatus describe(
            SalesforceConnectionStatus before,
            long generation,
            boolean soapLogin,
            Result<ConnectionSnapshot> seen,
            Instant now) {
        Optional<Failure> failure = seen instanceof Result.Failed<ConnectionSnapshot> failed
                ? Optional.of(failed.failure())
                : ((Result.Ok<ConnectionSnapshot>) seen).value().failure();
        ConnectionSnapshot snapshot =
                seen instanceof Result.Ok<ConnectionSnapshot> ok ? ok.value() : emptySnapshot(generation);
        boolean tested = seen instanceof Result.Failed<ConnectionSnapshot>
                || (snapshot.generation() >= generation && snapshot.testedAt().isPresent());
        List<Condition> conditions = conditions(before, generation, soapLogin, failure, snapshot, tested, now);
        Optional<OrgDescription> org = snapshot.description();
        return new SalesforceConnectionStatus(
                generation,
                conditions,
                org.map(ConnectionStatusReport::organization).orElse(before.organization()),
                org.map(ConnectionStatusReport::runningUser).orElse(before.runningUser()),
                org.map(ConnectionStatusReport::apiUsage).orElse(before.apiUsage()),
                org.map(ConnectionStatusReport::licenses).orElse(before.licenses()),
                org.map(ConnectionStatusReport::profiles).orElse(before.profiles()),
                RefusalReport.describe(before, snapshot));
    }

    private static ConnectionSnapshot emptySnapshot(long generation) {
        return new ConnectionSnapshot(
                generation, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<Condition> conditions(
            SalesforceConnectionStatus before,
            long generation,
            boolean soapLogin,
            Optional<Failure> failure,
            ConnectionSnapshot snapshot,
            boolean tested,
            Instant now) {
        ConditionSet set = new ConditionSet(before.conditions(), generation, now);
        if (!tested) {
            set.summary(new Readiness.Reconciling("Progressing", "The connection is being tested."));
            set.unknown("CredentialsValid", "Progressing", "Not tested yet.");
            set.unknown("PermissionsSufficient", "Progressing", "Not tested yet.");
            set.unknown("ApiBudgetAvailable", "Progressing", "Not tested yet.");
            return set.build();
        }
        set.summary(failure.map(Readiness::of).orElseGet(() -> readiness(snapshot)));
        Optional<ConnectionTrouble> trouble = failure.map(ConnectionTrouble::of);
        part(
                set,
                "CredentialsValid",
                ConnectionTrouble.CREDENTIALS,
                trouble,
                failure,
                soapLogin ? SIGNED_IN_BY_SOAP : SIGNED_IN);
        part(
                set,
                "PermissionsSufficient",
                ConnectionTrouble.PERMISSIONS,
                trouble,
                failure,
                new Good(SUCCEEDED, "The integration user may read and write what is needed."));
        part(
                set,
                "ApiBudgetAvailable",
                ConnectionTrouble.API_BUDGET,
                trouble,
                failure,
                new Good(SUCCEEDED, "Calls are left within spec.apiBudget."));
        return set.build();
    }

    private static Readiness readiness(ConnectionSnapshot snapshot) {
        return snapshot.lostLedger()
                .<Readiness>map(epoch -> new Readiness.Stalled(
                        "LedgerLost",
                        "Parts of the operator's memory of this org are missing. Nobody is created or deactivated and no"
                                + " right is taken until spec.acceptLedgerLoss is set to '" + epoch + "'."))
                .orElseGet(() -> new Readiness.Ready(
                        "Succeeded",
                        "Connected to org "
                                + snapshot.description()
                                        .map(org -> org.organization().id().value())
                                        .orElse("")
                                + "."));
    }

    /** What a failure of another kind says nothing about stays unknown. */
    private static void part(
            ConditionSet set,
            String type,
            ConnectionTrouble own,
            Optional<ConnectionTrouble> trouble,
            Optional<Failure> failure,
            Good good) {
        if (trouble.isEmpty()) {
            set.set(type, true, good.reason(), good.message());
        } else if (trouble.get() == own) {
            set.set(
                    type,
                    false,
                    failure.orElseThrow().reason(),
                    failure.orElseThrow().message());
        } else if (own == ConnectionTrouble.CREDENTIALS && trouble.get() != ConnectionTrouble.OTHER) {
            set.set(type, true, good.reason(), good.message());
        } else {
            set.unknown(type, failure.orElseThrow().reason(), "Not known while the connection is not ready.");
        }
    }

    private static SalesforceConnectionStatus.@Nullable Organization organization(OrgDescription org) {
        OrgDescription.Organization it = org.organization();
        return new SalesforceConnectionStatus.Organization(
                it.id().value(), it.name(), it.edition(), it.sandbox(), it.instance());
    }

    private static SalesforceConnectionStatus.@Nullable RunningUser runningUser(OrgDescription org) {
        OrgDescription.RunningUser it = org.runningUser();
        return new SalesforceConnectionStatus.RunningUser(it.id().value(), it.username(), it.profile());
    }

    private static SalesforceConnectionStatus.@Nullable ApiUsage apiUsage(OrgDescription org) {
        OrgDescription.ApiUsage it = org.apiUsage();
        return new SalesforceConnectionStatus.ApiUsage(it.used(), it.limit(), Times.rfc3339(it.observed()));
    }

    private static List<SalesforceConnectionStatus.License> licenses(OrgDescription org) {
        return org.licenses().stream()
                .sorted(Comparator.comparing(OrgDescription.License::permissionSetLicense)
                        .thenComparing(OrgDescription.License::name))
                .limit(MOST_LICENSES)
                .map(it -> new SalesforceConnectionStatus.License(
                        it.name(),
                        it.permissionSetLicense()
                                ? SalesforceConnectionStatus.License.Type.PERMISSION_SET
                                : SalesforceConnectionStatus.License.Type.USER,
                        it.total(),
                        it.used(),
                        it.free()))
                .toList();
    }

    private static SalesforceConnectionStatus.@Nullable Profiles profiles(OrgDescription org) {
        return new SalesforceConnectionStatus.Profiles(
                org.profiles().size(),
                org.profiles().keySet().stream().sorted().limit(MOST_PROFILES).toList());
    }
}
