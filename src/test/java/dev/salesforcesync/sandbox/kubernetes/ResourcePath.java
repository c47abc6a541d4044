package dev.salesforcesync.sandbox.kubernetes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A path below {@code /api/v1} or {@code /apis/GROUP/VERSION} taken apart; what is absent is empty. */
record ResourcePath(String group, String version, String namespace, String plural, String name, String subresource) {

    private static final Set<String> SUBRESOURCES_OF_NAMESPACES = Set.of("status", "finalize");

    static Optional<ResourcePath> parse(String path) {
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return below("", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() >= 4 && parts.get(0).equals("apis")) {
            return below(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return Optional.empty();
    }

    private static Optional<ResourcePath> below(String group, String version, List<String> parts) {
        boolean inNamespace = parts.get(0).equals("namespaces")
                && parts.size() >= 3
                && !(parts.size() == 3 && SUBRESOURCES_OF_NAMESPACES.contains(parts.get(2)));
        String namespace = inNamespace ? parts.get(1) : "";
        List<String> rest = inNamespace ? parts.subList(2, parts.size()) : parts;
        if (rest.size() > 3) {
            return Optional.empty();
        }
        return Optional.of(new ResourcePath(group, version, namespace, rest.get(0), at(rest, 1), at(rest, 2)));
    }

    private static String at(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    boolean isStatus() {
        return subresource.equals("status");
    }

    /** The path of one object of the same kind, or of the collection where the name is empty. */
    static String of(ServedKind kind, String namespace, String name) {
        return kind.basePath()
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/" + kind.plural()
                + (name.isEmpty() ? "" : "/" + name);
    }
}
