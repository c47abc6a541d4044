package dev.salesforcesync.converge;

/** A namespaced resource, as engines know it. */
public record ResourceName(String namespace, String name) implements Comparable<ResourceName> {
    @Override
    public int compareTo(ResourceName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
