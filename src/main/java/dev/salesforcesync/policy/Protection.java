package dev.salesforcesync.policy;

import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Knows which users nothing ever touches, on any way. */
public final class Protection {
    private final Set<String> usernames = new HashSet<>();
    private final Set<SalesforceId> profiles = new HashSet<>();
    private final Set<SalesforceId> users;
    private final SalesforceId ourselves;

    /**
     * Gathers what is protected.
     *
     * @param users further users by id, such as holders of protected permission sets
     */
    public Protection(PolicyRules.ConnectionTerms terms, OrgDescription org, Set<SalesforceId> users) {
        terms.protectedUsernames().forEach(name -> usernames.add(name.toLowerCase(Locale.ROOT)));
        terms.protectedProfiles().stream()
                .flatMap(name -> org.profile(name).stream())
                .map(Profile::id)
                .forEach(profiles::add);
        this.users = Set.copyOf(users);
        this.ourselves = org.runningUser().id();
    }

    /** Whether we are signed in as this user. */
    public boolean isOurselves(SalesforceUser user) {
        return user.id().equals(ourselves);
    }

    /** Why a user is protected; empty when he is not. */
    public Optional<String> of(SalesforceUser user) {
        if (user.id().equals(ourselves)) {
            return Optional.of("we are signed in as this user");
        }
        if (usernames.contains(user.username().toLowerCase(Locale.ROOT)) || users.contains(user.id())) {
            return Optional.of("the connection protects this user");
        }
        return user.field("ProfileId")
                .map(SalesforceId::new)
                .filter(profiles::contains)
                .map(profile -> "the connection protects this user's profile");
    }
}
