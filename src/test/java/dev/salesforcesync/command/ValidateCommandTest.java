package dev.salesforcesync.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.command.Pipeline.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What validate says of files before anybody applies them. */
class ValidateCommandTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ALLOWED_SALESFORCE_HOSTS", "*.my.salesforce.com,http://127.0.0.1");

    /** What the sandbox fills in. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("${SALESFORCE_URL}", "http://127.0.0.1:18080", "${LDAP_URL}", "ldaps://localhost:10636");

    @TempDir
    Path folder;

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("samples"))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(ValidateCommandTest::isOurs)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsValidAlone(Path sample) throws IOException {
        Ended ended = validate(filledIn(sample));

        assertThat(ended.lines()).isEmpty();
        assertThat(ended.code()).isZero();
    }

    @Test
    void everyStoryIsValidAsAWhole() throws IOException {
        try (Stream<Path> stories = Files.list(Path.of("samples"))) {
            for (Path story : stories.sorted().toList()) {
                StringBuilder whole = new StringBuilder();
                try (Stream<Path> files = Files.list(story)) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".yaml"))
                            .sorted()
                            .toList()) {
                        whole.append(filledIn(file)).append("\n---\n");
                    }
                }

                Ended ended = validate(whole.toString());

                assertThat(ended.lines()).as(story.toString()).isEmpty();
                assertThat(ended.err()).doesNotContain("what the SalesforceConnection", "the keys of the Secret");
            }
        }
    }

    @Test
    void aDirectoryIsReadWithEverythingBelowIt() {
        Ended ended = Pipeline.call("", ENVIRONMENT, "validate", "samples/04-license-schedule");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.err())
                .contains("not checked: fields, picklists, profiles, roles and rights of the org; give --org")
                .contains("not checked: what LicenseSchedules do")
                .contains("3 resources, 0 problems");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mode: Preview            | mode: Enforced                    | spec.mode: Unsupported value: "Enforced": supported values: "Preview", "Approve", "Enforce"
            mode: Preview            | mood: Preview                     | spec.mood: unknown field
            connectionRef: {name: org} | connectionRef: {}               | spec.connectionRef.name: Required value
            minimumUsers: 10         | minimumUsers: -1                  | spec.safety.minimumUsers: Invalid value: -1
            minimumUsers: 10         | minimumUsers: many                | spec.safety.minimumUsers: Invalid value: "string"
            pollInterval: 5s         | pollInterval: soon                | spec.directory.changes.pollInterval: Invalid value: "soon"
            domain: corp.example.com | site: Berlin                      | spec.directory: Invalid value: "object"
            name: people             | name: People                      | metadata.name: must be a name of lower-case letters
            v1alpha1                 | v2                                | apiVersion: must be salesforcesync.dev/v1alpha1
            kind: SyncPolicy         | kind: SyncPolice                  | kind: must be one of LicenseSchedule, SalesforceConnection, SyncPolicy
            user.title               | user.title.nonsense()             | spec.attributes[0].expression: line 1
            variables.short          | variables.shorter                 | spec.attributes[1].expression: there is no variable shorter
            field: Title             | field: IsActive                   | spec.attributes[0].field: IsActive has rules of its own: use spec.lifecycle
            Alias: amillett          | Alias: ada                        | spec.tests[0].expect.Alias: ada: expected 'ada' and got 'amillett'
            Profile: Standard User   | Profile: Minimum                  | spec.tests[0].expect.Profile: ada: expected 'Minimum' and got 'Standard User'
            title: Chief,            | title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, | spec.tests[0]: ada: Title: the value is longer than the 80 characters that Title holds
            passwords: {mode: None}  | passwords: {mode: Capture}        | spec.passwords.agents: Invalid value: "object": agents must name at least one of passSync, json and midPoint
            """)
    void aSpoiltPolicyIsToldByItsField(String right, String wrong, String told) {
        assertThat(validate(POLICY).lines()).isEmpty();
        assertThat(POLICY).contains(right);

        Ended ended = validate("kind: Unrelated\n---\n"
                + POLICY.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));

        assertThat(ended.lines())
                .anySatisfy(line -> assertThat(line).startsWith("-:2 Sync").contains(" " + told));
        assertThat(ended.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://example.my.salesforce.com | https://example.com                | spec.instanceUrl: points at https://example.com, which this installation does not allow
            key: clientId                     | key: client                        | spec.authentication.clientCredentials.clientIdSecretRef: the Secret 'org' has no key 'client', it has [clientId, clientSecret]
            clientCredentials:                | clientCredential:                  | spec.authentication.clientCredential: unknown field
            """)
    void aSpoiltConnectionIsToldByItsField(String right, String wrong, String told) {
        assertThat(validate(SECRET + CONNECTION).lines()).isEmpty();
        assertThat(CONNECTION).contains(right);

        Ended ended = validate(SECRET + CONNECTION.replace(right, wrong));

        assertThat(ended.lines())
                .anySatisfy(line -> assertThat(line).startsWith("-:2 SalesforceConnection/org " + told));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out() + ended.err()).doesNotContain("hush-hush");
    }

    @Test
    void whatTheConnectionAllowsCountsWhenItIsThere() {
        String narrow = CONNECTION + "  grantable: {profiles: [Chatter Free User]}\n";

        Ended ended = validate(SECRET + narrow + "---\n" + POLICY);

        assertThat(ended.lines())
                .containsExactly(
                        "-:3 SyncPolicy/people spec.entitlements.profiles[0].name: the connection does not allow"
                                + " the profile Standard User; name it in spec.grantable.profiles of the connection");
        assertThat(validate(POLICY).err())
                .contains("not checked: what the SalesforceConnection 'org' allows: it is not among the files")
                .contains("not checked: the keys of the Secret 'directory': it is not among the files");
    }

    @Test
    void twoOfOneNameAreOneTooMany() {
        Ended ended = validate(POLICY + "---\n" + POLICY);

        assertThat(ended.lines())
                .containsExactly("-:2 SyncPolicy/people metadata.name: is taken by -:1; rename or remove one");
    }

    @Test
    void whatIsNoYamlIsToldByItsPlaceAndNotQuoted() throws IOException {
        Path file =
                Files.writeString(folder.resolve("a.yaml"), POLICY + "---\nkind: Secret\ndata: {a: hush-hush, : [}\n");

        Ended ended = Pipeline.call("validate", file.toString());

        assertThat(ended.lines())
                .singleElement()
                .asString()
                .startsWith(file + ":2: is not YAML, or names a key twice: look at line ");
        assertThat(ended.out() + ended.err()).doesNotContain("hush");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsGivenTwiceIsNoYaml() {
        assertThat(validate(POLICY.replace("mode: Preview", "mode: Preview\n  mode: Enforce"))
                        .lines())
                .containsExactly("-:1: is not YAML, or names a key twice: look at line 8, column 3 of the file");
    }

    @Test
    void aSecretThatIsNoneIsNotQuoted() {
        String broken = SECRET.replace("stringData:", "data:");

        assertThat(validate(broken + CONNECTION).lines())
                .contains("-:1 Secret/org data.clientSecret: must be Base64; texts belong into stringData");
        assertThat(validate(SECRET.replace("clientSecret: hush-hush", "clientSecret: [hush-hush]") + CONNECTION)
                        .lines())
                .contains("-:1 Secret/org stringData.clientSecret: must be a text; put it into quotes");
        assertThat(validate("{apiVersion: v1, kind: Secret, metadata: {name: org}, data: [hush-hush]}\n---\n"
                                + CONNECTION)
                        .lines())
                .containsExactly("-:1 Secret/org data: must be a map of texts");
    }

    @Test
    void programsReadJson() throws IOException {
        Ended ended = Pipeline.call(
                POLICY.replace("mode: Preview", "mode: Enforced"), ENVIRONMENT, "validate", "-o", "json", "-");

        JsonNode answer = new ObjectMapper().readTree(ended.out());
        assertThat(answer.path("resources").intValue()).isEqualTo(1);
        assertThat(answer.at("/problems/0/field").textValue()).isEqualTo("spec.mode");
        assertThat(answer.at("/problems/0/document").intValue()).isEqualTo(1);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aListIsTakenApart() {
        String list = "apiVersion: v1\nkind: List\nitems:\n- " + POLICY.strip().replace("\n", "\n  ");

        assertThat(validate(list).err()).contains("1 resource, 0 problems");
        assertThat(validate(list.replace("mode: Preview", "mode: Enforced")).lines())
                .singleElement()
                .asString()
                .startsWith("-:1 SyncPolicy/people spec.mode");
    }

    private static Ended validate(String text) {
        return Pipeline.call(text, ENVIRONMENT, "validate", "-");
    }

    private static boolean isOurs(Path file) {
        return text(file).contains("apiVersion: salesforcesync.dev/");
    }

    private static String filledIn(Path file) {
        String text = text(file);
        for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
            text = text.replace(placeholder.getKey(), placeholder.getValue());
        }
        return text;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: org}
            stringData:
              clientId: an id
              clientSecret: hush-hush
            ---
            """;

    private static final String CONNECTION = """
            apiVersion: salesforcesync.dev/v1alpha1
            kind: SalesforceConnection
            metadata: {name: org}
            spec:
              instanceUrl: https://example.my.salesforce.com
              authentication:
                clientCredentials:
                  clientIdSecretRef: {name: org, key: clientId}
                  clientSecretSecretRef: {name: org, key: clientSecret}
            """;

    private static final String POLICY = """
            apiVersion: salesforcesync.dev/v1alpha1
            kind: SyncPolicy
            metadata:
              name: people
            spec:
              connectionRef: {name: org}
              mode: Preview
              directory:
                domain: corp.example.com
                bindSecretRef: {name: directory}
                changes: {pollInterval: 5s}
              scope:
                groups: [Salesforce Users]
              variables: {short: user.sAMAccountName}
              attributes:
                - {field: Title, expression: user.title}
                - {field: Alias, expression: variables.short.left(8)}
                - {field: ManagerId, expression: ref(user.manager)}
                - {field: UserPermissionsMarketingUser, expression: "'SF-Marketing' in groups"}
              entitlements:
                profiles: [{group: Salesforce Users, name: Standard User}]
                permissionSets: {rules: [{group: Salesforce Users, names: [Sales_Cloud]}]}
              safety: {minimumUsers: 10}
              passwords: {mode: None}
              tests:
                - name: ada
                  user: {sAMAccountName: amillettson, sn: Millett, title: Chief, userPrincipalName: ada@corp.example.com}
                  groups: [Salesforce Users]
                  expect: {Alias: amillett, Profile: Standard User, PermissionSets: Sales_Cloud}
            """;
}
