package dev.salesforcesync.command;

/**
 * One thing that is wrong with a file.
 *
 * @param document 1 for the first of the file
 * @param kind empty where it can't be told
 * @param name empty where it can't be told
 * @param field path of the field, such as {@code spec.scope.searches[0].filter}; empty for the whole document
 * @param message what is wrong and what to do
 */
record Finding(String file, int document, String kind, String name, String field, String message) {

    /** The line in which people and pipelines read it. */
    String line() {
        String resource = kind.isEmpty() ? "" : " " + kind + (name.isEmpty() ? "" : "/" + name);
        String where = field.isEmpty() ? "" : " " + field;
        return (file + ":" + document + resource + where + ": " + message).replaceAll("\\p{Cntrl}", " ");
    }
}
