package dev.salesforcesync.ledger;

import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.ReleasedBatch;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SpentAllowance;
import java.time.Instant;
import java.util.Map;

/** One thing the ledger remembers. Entries of one key replace each other. */
public sealed interface Entry {
    /** Names the entry within its org. */
    String key();

    /** A person and his user. */
    record Link(PersonLink link) implements Entry {
        @Override
        public String key() {
            return key(link.person());
        }

        public static String key(ObjectGuid person) {
            return "L:" + person;
        }
    }

    /** Something we took. */
    record Taken(Hold hold) implements Entry {
        @Override
        public String key() {
            return key(hold.user());
        }

        public static String key(SalesforceId user) {
            return "H:" + user;
        }
    }

    /** A creation that may be under way. */
    record Intent(CreateIntent intent) implements Entry {
        @Override
        public String key() {
            return key(intent.person());
        }

        public static String key(ObjectGuid person) {
            return "I:" + person;
        }
    }

    /**
     * Somebody whom a policy created and who has not got everything yet that comes after the call: his role, whom he
     * refers to, his rights.
     *
     * @param policy as {@code namespace/name}
     */
    record Newcomer(ObjectGuid person, String policy) implements Entry {
        @Override
        public String key() {
            return key(person);
        }

        public static String key(ObjectGuid person) {
            return "N:" + person;
        }
    }

    /** Actions that wait for a person's word. */
    record Held(HeldBatch batch) implements Entry {
        @Override
        public String key() {
            return key(batch.policy(), batch.hash());
        }

        public static String key(String policy, String hash) {
            return "B:" + policy + ":" + hash;
        }
    }

    /** An e-mail address that waits for its owner's confirmation. */
    record Email(PendingEmail pending) implements Entry {
        @Override
        public String key() {
            return key(pending.user());
        }

        public static String key(SalesforceId user) {
            return "E:" + user;
        }
    }

    /** One hour of the guard's sliding window. */
    record Spent(SpentAllowance allowance) implements Entry {
        @Override
        public String key() {
            return key(allowance.kind(), allowance.hour());
        }

        public static String key(String kind, Instant hour) {
            return "S:" + kind + ":" + hour.getEpochSecond();
        }
    }

    /** How far a policy's directory was known, in the directory room's own words. */
    record Position(String policy, String text) implements Entry {
        @Override
        public String key() {
            return key(policy);
        }

        public static String key(String policy) {
            return "P:" + policy;
        }
    }

    /** A batch that was let through. */
    record Released(ReleasedBatch batch) implements Entry {
        @Override
        public String key() {
            return key(batch.policy(), batch.hash());
        }

        public static String key(String policy, String hash) {
            return "R:" + policy + ":" + hash;
        }
    }

    /**
     * What this operator gave to a user, beside profile and role.
     *
     * @param by the policy that gave each right, as {@code namespace/name}; never empty
     */
    record Given(SalesforceId user, Map<GivenRight, String> by) implements Entry {
        public Given {
            by = Map.copyOf(by);
        }

        @Override
        public String key() {
            return key(user);
        }

        public static String key(SalesforceId user) {
            return "G:" + user;
        }
    }
}
