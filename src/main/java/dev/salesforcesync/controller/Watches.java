package dev.salesforcesync.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Event sources for objects that several resources may refer to by name within a namespace. */
public final class Watches {
    private Watches() {}

    static <P extends HasMetadata, S extends HasMetadata> InformerEventSource<S, P> referred(
            Class<S> kind, Class<P> primary, Function<P, Set<String>> references, EventSourceContext<P> context) {
        String index = "by-" + kind.getSimpleName();
        IndexerResourceCache<P> primaries = context.getPrimaryCache();
        primaries.addIndexer(
                index,
                resource -> references.apply(resource).stream()
                        .map(name -> key(resource.getMetadata().getNamespace(), name))
                        .toList());
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, primary)
                        .withName(primary.getSimpleName() + "-" + kind.getSimpleName())
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper(secondary -> primaries
                                .byIndex(
                                        index,
                                        key(
                                                secondary.getMetadata().getNamespace(),
                                                secondary.getMetadata().getName()))
                                .stream()
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .<P>withPrimaryToSecondaryMapper(resource -> references.apply(resource).stream()
                                .map(name -> new ResourceID(
                                        name, resource.getMetadata().getNamespace()))
                                .collect(Collectors.toSet()))
                        .build(),
                context);
    }

    /** Whether a person changed a resource: its spec, or an annotation of ours. Status writes do not count. */
    public static boolean asksForSomething(HasMetadata now, HasMetadata before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(ours(now), ours(before));
    }

    private static Set<String> ours(HasMetadata resource) {
        return resource.getMetadata().getAnnotations() == null
                ? Set.of()
                : resource.getMetadata().getAnnotations().entrySet().stream()
                        .filter(annotation -> annotation.getKey().startsWith("salesforcesync.dev/"))
                        .map(Object::toString)
                        .collect(Collectors.toSet());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
