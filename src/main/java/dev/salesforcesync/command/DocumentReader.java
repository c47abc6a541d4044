package dev.salesforcesync.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads every YAML or JSON document of the files that were named. A text that is none is a finding. */
final class DocumentReader {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final InputStream standardInput;
    private final List<Document> documents = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private DocumentReader(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** What was read, and what could not be. */
    record Reading(List<Document> documents, List<Finding> findings) {
        Reading {
            documents = List.copyOf(documents);
            findings = List.copyOf(findings);
        }
    }

    static Reading read(List<String> names, InputStream standardInput) throws WrongUsage {
        DocumentReader reader = new DocumentReader(standardInput);
        for (String name : names) {
            reader.read(name);
        }
        return new Reading(reader.documents, reader.findings);
    }

    private void read(String name) throws WrongUsage {
        try {
            if (name.equals("-")) {
                parse(name, new String(standardInput.readAllBytes(), StandardCharsets.UTF_8));
                return;
            }
            Path path = Path.of(name);
            if (!Files.exists(path)) {
                throw new WrongUsage("there is no file " + name + "; name one that exists");
            }
            List<Path> files = Files.isDirectory(path) ? below(path) : List.of(path);
            if (files.isEmpty()) {
                throw new WrongUsage("there is no .yaml, .yml or .json in " + name + "; name another directory");
            }
            for (Path file : files) {
                parse(file.toString(), Files.readString(file));
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new WrongUsage(name + " can't be read as text; name a file in UTF-8 that you may read");
        }
    }

    private static List<Path> below(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private void parse(String file, String text) {
        int number = 0;
        try (MappingIterator<JsonNode> trees = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (trees.hasNextValue()) {
                add(new Document(file, number + 1, trees.nextValue()));
                number++;
            }
        } catch (JsonProcessingException e) {
            findings.add(new Finding(file, number + 1, "", "", "", notYaml(e)));
        } catch (IOException e) {
            findings.add(new Finding(file, number + 1, "", "", "", "can't be read"));
        }
    }

    /** Without the parser's own words: they quote the text, which may be a Secret. */
    private static String notYaml(JsonProcessingException e) {
        return "is not YAML, or names a key twice"
                + Optional.ofNullable(e.getLocation())
                        .map(at -> ": look at line " + at.getLineNr() + ", column " + at.getColumnNr() + " of the file")
                        .orElse("");
    }

    private void add(Document document) {
        JsonNode tree = document.tree();
        if (tree.isNull() || tree.isMissingNode() || tree.isEmpty()) {
            return;
        }
        if (document.kind().equals("List") && document.apiVersion().equals("v1")) {
            tree.path("items").forEach(item -> add(new Document(document.file(), document.number(), item)));
            return;
        }
        documents.add(document);
    }
}
