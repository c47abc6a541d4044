package dev.salesforcesync.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as kubectl does before it sends JSON: {@code yes} and {@code NO} are truth values, anchors and merges are
 * resolved, dates and {@code 12:30} are texts, and no key may stand twice.
 */
final class YamlText {
    private static final int LONGEST = 64 * 1024 * 1024;
    private static final int MOST_NODES = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private YamlText() {}

    /** What can't be read. The message says where, and never quotes the text: it may be a Secret. */
    static final class NotYaml extends Exception {
        private static final long serialVersionUID = 1L;

        NotYaml(String message) {
            super(message);
        }
    }

    /** Hands on document after document, empty ones as null nodes, up to the first that can't be read. */
    static void read(String text, Consumer<JsonNode> documents) throws NotYaml {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LONGEST);
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(
                new SafeConstructor(options), new Representer(unused), unused, options, new KubernetesScalars());
        try {
            Iterator<Object> all = yaml.loadAll(text).iterator();
            while (all.hasNext()) {
                documents.accept(new Unfolding().tree(all.next()));
            }
        } catch (MarkedYAMLException e) {
            throw new NotYaml("is not YAML, or names a key twice"
                    + Optional.ofNullable(e.getProblemMark())
                            .map(at -> ": look at line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1)
                                    + " of the file")
                            .orElse(""));
        } catch (YAMLException e) {
            throw new NotYaml("is not YAML, or repeats itself too often by aliases");
        }
    }

    /** One document as a tree: aliases are copies of what they stand for. */
    private static final class Unfolding {
        private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());
        private int nodes;

        JsonNode tree(@Nullable Object value) throws NotYaml {
            if (++nodes > MOST_NODES) {
                throw new NotYaml("is not YAML, or repeats itself too often by aliases");
            }
            if (!(value instanceof Map<?, ?>) && !(value instanceof Collection<?>)) {
                return JSON.valueToTree(value);
            }
            if (!around.add(value)) {
                throw new NotYaml("holds itself by an alias");
            }
            JsonNode tree = value instanceof Map<?, ?> map ? object(map) : array((Collection<?>) value);
            around.remove(value);
            return tree;
        }

        private JsonNode object(Map<?, ?> map) throws NotYaml {
            ObjectNode object = JSON.createObjectNode();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                object.set(String.valueOf(entry.getKey()), tree(entry.getValue()));
            }
            return object;
        }

        private JsonNode array(Collection<?> items) throws NotYaml {
            ArrayNode array = JSON.createArrayNode();
            for (Object item : items) {
                array.add(tree(item));
            }
            return array;
        }
    }

    /** The plain scalars that are no texts, for go-yaml and so for kubectl. */
    private static final class KubernetesScalars extends Resolver {
        private static final Pattern TRUTH =
                Pattern.compile("^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$");
        private static final Pattern WHOLE = Pattern.compile("^[-+]?(?:0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0[0-7_]+)$");
        private static final Pattern BROKEN = Pattern.compile("^[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)"
                + "(?:[eE][-+]?[0-9]+)?$|^[-+]?\\.(?:inf|Inf|INF)$|^\\.(?:nan|NaN|NAN)$");
        private static final Pattern NOTHING = Pattern.compile("^(?:~|null|Null|NULL| )$");
        private static final Pattern EMPTY = Pattern.compile("^$");
        private static final Pattern MERGED = Pattern.compile("^<<$");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, TRUTH, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, BROKEN, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGED, "<");
            addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
