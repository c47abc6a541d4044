package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One directory with everybody whom nobody thinks of: each gets a user, or a named reason, and never stops the rest. */
class AwkwardPeopleTest {
    private static final String LONG =
            "Abteilung für Überlanges ".repeat(11).strip().substring(0, 256);
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void everybodyGetsAUserOrAReasonAndNobodyStopsTheRest() {
        try (Stage stage = scene.stage()) {
            user(stage, "nosurname", attribute("givenName", "Cher"));
            user(stage, "noname");
            user(stage, "emoji", attribute("givenName", "Anna 🦄"), attribute("sn", "Nowak 👩‍👩‍👧"));
            user(stage, "rtl", attribute("givenName", "محمد"), attribute("sn", "אברהם"));
            user(stage, "long", attribute("department", LONG), attribute("givenName", LONG), attribute("sn", LONG));
            user(stage, "samealias1", attribute("sn", "One"));
            user(stage, "samealias2", attribute("sn", "Two"));
            user(
                    stage,
                    "plus",
                    attribute("sn", "Plus"),
                    attribute("mail", "plus+crm." + stage.namespace() + "@example.com"));
            user(
                    stage,
                    "quote",
                    attribute("sn", "O'Neil"),
                    attribute("mail", "o'neil." + stage.namespace() + "@example.com"));
            entry(
                    stage,
                    "blanks",
                    "user",
                    attribute("sAMAccountName", "b l " + stage.namespace()),
                    attribute("userPrincipalName", stage.username("blanks")),
                    attribute("sn", "Blank"));
            entry(stage, "noupn", "user", attribute("sn", "Without"));
            entry(
                    stage,
                    "nomailupn",
                    "user",
                    attribute("userPrincipalName", "local." + stage.namespace() + "@corp"),
                    attribute("sn", "Local"));
            user(
                    stage,
                    "left",
                    attribute("userAccountControl", "514"),
                    attribute("accountExpires", "132000000000000000"));
            user(stage, "ended", attribute("accountExpires", "132000000000000000"));
            entry(stage, "contact", "contact", attribute("sn", "Contact"), attribute("mail", "contact@example.com"));
            entry(
                    stage,
                    "machine",
                    "computer",
                    attribute("sAMAccountName", "M" + stage.namespace() + "$"),
                    attribute("userAccountControl", "4096"));
            entry(
                    stage,
                    "service",
                    "msDS-GroupManagedServiceAccount",
                    attribute("sAMAccountName", "S" + stage.namespace() + "$"),
                    attribute("userAccountControl", "4096"));

            stage.play("""
                    scope: {searches: [{baseDN: "%s", filter: "(objectClass=person)"}]}
                    safety: {maxFailing: {percent: 100}}
                    """.formatted(stage.ou()));
            stage.awaitThat(
                    "failures are told",
                    () -> !failures(stage).isEmpty() && stage.user("quote").isPresent());

            assertThat(text(stage, "nosurname", "FirstName")).isEqualTo("Cher");
            assertThat(text(stage, "nosurname", "LastName")).isEqualTo(".");
            assertThat(text(stage, "noname", "LastName")).isEqualTo(".");
            assertThat(text(stage, "emoji", "FirstName")).isEqualTo("Anna 🦄");
            assertThat(text(stage, "emoji", "LastName")).isEqualTo("Nowak 👩‍👩‍👧");
            assertThat(text(stage, "rtl", "FirstName") + " " + text(stage, "rtl", "LastName"))
                    .isEqualTo("محمد אברהם");
            assertThat(text(stage, "long", "Department"))
                    .isEqualTo(LONG.substring(0, 80).strip());
            assertThat(text(stage, "long", "FirstName"))
                    .isEqualTo(LONG.substring(0, 40).strip());
            assertThat(text(stage, "long", "LastName"))
                    .isEqualTo(LONG.substring(0, 80).strip());
            assertThat(text(stage, "samealias1", "Alias"))
                    .isEqualTo("samealia")
                    .isEqualTo(text(stage, "samealias2", "Alias"));
            assertThat(text(stage, "plus", "Email")).startsWith("plus+crm.");
            assertThat(text(stage, "quote", "Email")).startsWith("o'neil.");
            assertThat(text(stage, "blanks", "Alias"))
                    .isEqualTo(("b l " + stage.namespace()).substring(0, 8).strip());
            for (String nobody : List.of("noupn", "nomailupn", "left", "ended", "contact", "machine", "service")) {
                assertThat(stage.user(nobody)).as(nobody).isEmpty();
            }
            assertThat(failures(stage))
                    .containsEntry("AttributeMissing", 3)
                    .containsEntry("SalesforceEmailInvalid", 1)
                    .containsEntry("AccountStateUnreadable", 1)
                    .hasSize(3);
            int users = stage.writeCalls();
            stage.compareAgain();
            assertThat(stage.writeCalls()).as("nothing is written twice").isEqualTo(users);
            stage.assertNothingLeaks();
        }
    }

    private static void user(Stage stage, String account, Attribute... more) {
        List<Attribute> all = new ArrayList<>(List.of(more));
        all.add(attribute("sAMAccountName", account + stage.namespace()));
        all.add(attribute("userPrincipalName", stage.username(account)));
        entry(stage, account, "user", all.toArray(Attribute[]::new));
    }

    private static void entry(Stage stage, String account, String objectClass, Attribute... more) {
        List<Attribute> all = new ArrayList<>(List.of(more));
        all.add(attribute("objectClass", objectClass));
        if (!objectClass.equals("contact")
                && all.stream().noneMatch(a -> a.getName().equals("userAccountControl"))) {
            all.add(attribute("userAccountControl", "512"));
        }
        scene.directory().add(stage.dn(account), all.toArray(Attribute[]::new));
        stage.join("all", account);
    }

    private static Attribute attribute(String name, String value) {
        return new Attribute(name, value);
    }

    private static String text(Stage stage, String account, String field) {
        return Optional.ofNullable(stage.user(account).orElseThrow().text(field))
                .orElse("");
    }

    private static Map<String, Integer> failures(Stage stage) {
        return stage.policyStatus().failures().stream()
                .collect(Collectors.toMap(SyncPolicyStatus.FailureCount::code, SyncPolicyStatus.FailureCount::count));
    }
}
