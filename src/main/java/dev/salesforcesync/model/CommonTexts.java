package dev.salesforcesync.model;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Short texts that come again and again, such as a time zone, a city or a profile's id, with a number for each: a million
 * people need not hold each of them in full. What comes often is learnt by counting in a table of fixed size, in which
 * what comes once displaces nothing that is on its way. What was learnt stays, up to a fixed number. Safe for use by
 * several threads, of which some may be told of no number yet where others are.
 */
final class CommonTexts {
    private static final int PLACES = 1 << 14;

    /** So many more times than others of its place must a text come. */
    private static final int OFTEN = 32;

    private static final int LONGEST = 64;

    private final int most;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Candidate> candidates = new AtomicReferenceArray<>(PLACES);

    /** By number; those not given yet are empty. */
    private volatile String[] texts = new String[0];

    /** @param most how many are learnt at most */
    CommonTexts(int most) {
        this.most = most;
    }

    private record Candidate(String text, int lead) {}

    /** The number of a text, which is another one's never; negative if it has none. */
    int number(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return -1;
        }
        Integer known = numbers.get(text);
        if (known == null) {
            count(text);
        }
        return known == null ? -1 : known;
    }

    /** The text of a number that was given. */
    String text(int number) {
        return texts[number];
    }

    private void count(String text) {
        if (numbers.size() >= most) {
            return;
        }
        int hash = text.hashCode() * 0x9E3779B9;
        int place = hash >>> 18;
        Candidate before = candidates.get(place);
        if (before == null || before.lead() == 0) {
            candidates.set(place, new Candidate(text, 1));
        } else if (!before.text().equals(text)) {
            candidates.set(place, new Candidate(before.text(), before.lead() - 1));
        } else if (before.lead() < OFTEN) {
            candidates.set(place, new Candidate(text, before.lead() + 1));
        } else {
            learn(text);
        }
    }

    private synchronized void learn(String text) {
        int next = numbers.size();
        if (next < most && !numbers.containsKey(text)) {
            String[] more = Arrays.copyOf(texts, next + 1);
            more[next] = text;
            texts = more;
            numbers.put(text, next);
        }
    }
}
