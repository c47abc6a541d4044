package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which Salesforce user stands for which person.
 *
 * @param links pairs this policy answers for, known and new, by person
 * @param found the new ones among them, not yet in the ledger under this policy
 * @param unmatched people who are meant and for whom no user stands: candidates for creation
 * @param problems pairs that are not acted on, by name
 * @param orphans active users for whom nobody stands under any policy; protected ones left out
 * @param foundBy how each linked person found his user: {@code Ledger}, {@code OtherPolicy}, {@code Hand}, {@code
 *     Anchor}, or the User field of the matching key
 */
public record Linking(
        List<PersonLink> links,
        List<PersonLink> found,
        Set<ObjectGuid> unmatched,
        List<LinkProblem> problems,
        List<SalesforceId> orphans,
        Map<ObjectGuid, String> foundBy) {
    public Linking {
        links = List.copyOf(links);
        found = List.copyOf(found);
        unmatched = Set.copyOf(unmatched);
        problems = List.copyOf(problems);
        orphans = List.copyOf(orphans);
        foundBy = Map.copyOf(foundBy);
    }

    /** One that does not know how anybody was found. */
    public Linking(
            List<PersonLink> links,
            List<PersonLink> found,
            Set<ObjectGuid> unmatched,
            List<LinkProblem> problems,
            List<SalesforceId> orphans) {
        this(links, found, unmatched, problems, orphans, Map.of());
    }

    /**
     * Why a person is not linked, or a link is not acted on.
     *
     * @param user the user concerned, if it is one
     * @param message what to do, without any value of the person
     * @param candidates the users that the person matches, where they are several
     */
    public record LinkProblem(
            Code code,
            Optional<ObjectGuid> person,
            Optional<SalesforceId> user,
            String message,
            List<SalesforceId> candidates) {
        public LinkProblem {
            candidates = List.copyOf(candidates);
        }
    }

    /** Stable words for what keeps a pair from being acted on. */
    public enum Code {
        /** One person matches several users, or several people match one user. */
        AmbiguousMatch,
        /** The user's anchor field holds another person's identity. */
        ForeignAnchor,
        /** The user is protected, or the one we are signed in as. */
        ProtectedUser,
        /** A living policy of higher or equal priority answers for the pair. */
        ClaimedByOtherPolicy,
        /** The linked user was not among those read. */
        LinkedUserMissing,
        /** A link by hand names a user who is not there. */
        LinkByHandNotFound,
        /** A matching expression has no answer for this person. */
        MatchingFailed
    }
}
