package dev.salesforcesync.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Reads every YAML or JSON document of the files that were named. A text that is none is a finding. */
final class DocumentReader {
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
        AtomicInteger number = new AtomicInteger();
        try {
            YamlText.read(text, tree -> add(new Document(file, number.incrementAndGet(), tree)));
        } catch (YamlText.NotYaml e) {
            findings.add(new Finding(file, number.get() + 1, "", "", "", String.valueOf(e.getMessage())));
        }
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
