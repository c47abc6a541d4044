package dev.salesforcesync.command;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One document of a file.
 *
 * @param file as it was named on the command line, or found below a directory that was
 * @param number 1 for the first of the file
 * @param tree its content
 */
record Document(String file, int number, JsonNode tree) {
    static final String GROUP = "salesforcesync.dev";
    static final String VERSION = GROUP + "/v1alpha1";

    String kind() {
        return tree.path("kind").asText();
    }

    String apiVersion() {
        return tree.path("apiVersion").asText();
    }

    String name() {
        return tree.path("metadata").path("name").asText();
    }

    /** Whether it is of a kind of ours, known or not. */
    boolean isOurs() {
        return apiVersion().equals(GROUP) || apiVersion().startsWith(GROUP + "/");
    }

    boolean isSecret() {
        return kind().equals("Secret") && apiVersion().equals("v1");
    }

    Finding finding(String field, String message) {
        return new Finding(file, number, kind(), name(), field, message);
    }

    /** Where it stands. */
    String place() {
        return file + ":" + number;
    }

    /** Never shows content: it may be a Secret. */
    @Override
    public String toString() {
        return "Document[" + place() + "]";
    }
}
