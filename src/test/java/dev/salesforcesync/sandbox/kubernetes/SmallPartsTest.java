package dev.salesforcesync.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {

    private static final JsonNode OBJECT = Json.parse("""
            {"metadata":{"name":"one","annotations":{"a.b/c":"x"},"labels":{"team":"sales"}},
             "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Stalled","status":"False"}],
                       "names":["p","q"]}}""");

    @ParameterizedTest
    @CsvSource({
        "PT0S,0s",
        "PT119S,119s",
        "PT120S,2m",
        "PT9M59S,9m59s",
        "PT10M30S,10m",
        "PT3H,3h",
        "PT7H5M,7h5m",
        "PT47H,47h",
        "PT50H,2d2h",
        "P8D,8d",
        "P729D,729d",
        "P731D,2y1d",
        "P4000D,10y"
    })
    void agesReadAsKubectlShowsThem(Duration age, String text) {
        assertThat(Age.of(age)).isEqualTo(text);
    }

    @Test
    void anAgeOfNothingIsUnknown() {
        assertThat(Age.since("", Instant.EPOCH)).isEqualTo("<unknown>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".metadata.name | one",
                ".metadata.annotations['a.b/c'] | x",
                ".metadata.annotations.a\\.b/c | x",
                ".status.conditions[?(@.type==\"Ready\")].status | True",
                ".status.conditions[?(@.type=='Stalled')].status | False",
                ".status.conditions[1].type | Stalled",
                ".status.names[*] | p,q",
                ".status.nothing |"
            })
    void pathsFindWhatPrinterColumnsShow(String path, String text) {
        String found = String.join(
                ",",
                FieldPath.parse(path).find(OBJECT).stream()
                        .map(JsonNode::asText)
                        .toList());

        assertThat(found).isEqualTo(text == null ? "" : text);
    }

    @Test
    void aPathBeyondTheSubsetIsRefusedAtOnce() {
        assertThatThrownBy(() -> FieldPath.parse(".a..b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "team=sales | true",
                "team==it | false",
                "team!=it | true",
                "team | true",
                "!team | false",
                "team in (it, sales) | true",
                "team notin (it,sales) | false",
                "other notin (it) | true",
                "team in (sales),other | false"
            })
    void labelSelectorsSelect(String selector, boolean selected) {
        assertThat(Selectors.labels(selector).test(OBJECT)).isEqualTo(selected);
    }

    @Test
    void pathsOfNamespacesAndInsideOfThemAreToldApart() {
        assertThat(ResourcePath.parse("/api/v1/namespaces/a/status"))
                .contains(new ResourcePath("", "v1", "", "namespaces", "a", "status"));
        assertThat(ResourcePath.parse("/api/v1/namespaces/a/secrets"))
                .contains(new ResourcePath("", "v1", "a", "secrets", "", ""));
        assertThat(ResourcePath.parse("/apis/g/v2/namespaces/a/things/b/status"))
                .contains(new ResourcePath("g", "v2", "a", "things", "b", "status"));
        assertThat(ResourcePath.parse("/apis/g/v2")).isEmpty();
    }
}
