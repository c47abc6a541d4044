package dev.salesforcesync.telemetry;

/** A resource as metrics name it. */
public record ResourceKey(String kind, String namespace, String name) {}
