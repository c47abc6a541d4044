package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.OrgDescription.ApiUsage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one door for calls that count against the org's API limits: budget, concurrency, who goes first, and the figures
 * that come back.
 */
final class ApiGate {
    /** The operation that may look at the limits although the reserve is touched. */
    static final String LIMITS = "limits";

    private static final Pattern USAGE = Pattern.compile("api-usage=(\\d{1,12})/(\\d{1,12})");

    private final Wire wire;
    private final ApiBudget budget;
    private final Places places;

    ApiGate(Wire wire, ApiBudget budget, int maxConcurrentRequests) {
        this.wire = wire;
        this.budget = budget;
        this.places = new Places(maxConcurrentRequests);
    }

    Delivery send(HttpCall call, Urgency urgency) {
        try {
            places.take(urgency);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Delivery.Undelivered(NetworkErrors.of(stopped));
        }
        try {
            Optional<Failure> refused = call.operation().equals(LIMITS) ? budget.admitLook() : budget.admit(urgency);
            if (refused.isPresent()) {
                return new Delivery.Undelivered(refused.get());
            }
            Delivery delivery = wire.send(call);
            budget.ended(!(delivery instanceof Delivery.Undelivered));
            if (delivery instanceof Delivery.Answered answered) {
                answered.headers().firstValue("Sforce-Limit-Info").ifPresent(this::readUsage);
            }
            return delivery;
        } finally {
            places.giveBack();
        }
    }

    void observed(long used, long limit) {
        budget.observed(used, limit);
    }

    Optional<ApiUsage> usage() {
        return budget.usage();
    }

    private void readUsage(String header) {
        Matcher usage = USAGE.matcher(header);
        if (usage.find()) {
            budget.observed(Long.parseLong(usage.group(1)), Long.parseLong(usage.group(2)));
        }
    }
}
