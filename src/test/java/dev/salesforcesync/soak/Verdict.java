package dev.salesforcesync.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with an org, by the promise that is broken.
 *
 * @param twice people with two users
 * @param lost people whose user is gone, or another one than before, or never came
 * @param taken users deactivated or frozen without reason
 * @param wrong whatever else is not as it must be
 */
record Verdict(List<String> twice, List<String> lost, List<String> taken, List<String> wrong) {
    Verdict {
        twice = List.copyOf(twice);
        lost = List.copyOf(lost);
        taken = List.copyOf(taken);
        wrong = List.copyOf(wrong);
    }

    List<String> all() {
        List<String> all = new ArrayList<>();
        twice.forEach(text -> all.add("created twice: " + text));
        lost.forEach(text -> all.add("lost: " + text));
        taken.forEach(text -> all.add("wrongly taken: " + text));
        wrong.forEach(text -> all.add("wrong: " + text));
        return all;
    }
}
