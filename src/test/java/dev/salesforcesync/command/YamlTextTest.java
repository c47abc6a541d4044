package dev.salesforcesync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.command.YamlText.NotYaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file means what kubectl would send. */
class YamlTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: NO                              | {"a": false}
            a: yes                             | {"a": true}
            a: "NO"                            | {"a": "NO"}
            a: 12:30                           | {"a": "12:30"}
            a: 2026-11-22                      | {"a": "2026-11-22"}
            a: 65.0                            | {"a": 65.0}
            a: 10                              | {"a": 10}
            a: 15m                             | {"a": "15m"}
            a:                                 | {"a": null}
            {a: &x {b: c}, d: *x}              | {"a": {"b": "c"}, "d": {"b": "c"}}
            {a: &x {b: c}, d: {<<: *x, e: f}}  | {"a": {"b": "c"}, "d": {"b": "c", "e": "f"}}
            {"a": [1, "b", null, true]}        | {"a": [1, "b", null, true]}
            """)
    void isReadAsKubectlReadsIt(String yaml, String json) throws IOException, NotYaml {
        assertThat(documents(yaml)).containsExactly(new ObjectMapper().readTree(json));
    }

    @Test
    void documentsAreCountedEmptyOnesToo() throws NotYaml {
        assertThat(documents("# nothing\n---\na: b\n---\n---\nc: d\n"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"a\":\"b\"}", "null", "{\"c\":\"d\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {a: secret, a: b}   | is not YAML, or names a key twice: look at line 1, column 13 of the file
            a: secret: b        | is not YAML, or names a key twice: look at line 1, column 10 of the file
            a: *secret          | is not YAML, or names a key twice: look at line 1, column 4 of the file
            a: !!secret b       | is not YAML, or names a key twice: look at line 1, column 4 of the file
            a: &a {b: *a}       | holds itself by an alias
            """)
    void whatIsNoneIsToldByItsPlaceAlone(String text, String told) {
        assertThatThrownBy(() -> documents(text))
                .isInstanceOf(NotYaml.class)
                .hasMessage(told)
                .hasNoCause();
    }

    @Test
    void aliasesThatGrowWithoutEndAreRefused() {
        assertTooMany(24);
        assertTooMany(60);
    }

    private static void assertTooMany(int levels) {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < levels; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> documents(text.toString()))
                .isInstanceOf(NotYaml.class)
                .hasMessage("is not YAML, or repeats itself too often by aliases");
    }

    private static List<JsonNode> documents(String text) throws NotYaml {
        List<JsonNode> documents = new ArrayList<>();
        YamlText.read(text, documents::add);
        return documents;
    }
}
