package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything a kind is made of, by reflection. */
final class KindTypes {

    private static final Map<Class<?>, String> DESCRIPTIONS = Map.of(
            SalesforceConnection.class, "A Salesforce org the operator may work in.",
            SyncPolicy.class, "A rule that turns people of one directory domain into Salesforce users.",
            LicenseSchedule.class,
                    "A schedule that takes Salesforce licences from people who do not need them, and gives them back.");

    private KindTypes() {}

    static String descriptionOf(Class<? extends CustomResource<?, ?>> kind) {
        return DESCRIPTIONS.getOrDefault(kind, "");
    }

    static Class<?> specOf(Class<?> kind) {
        return (Class<?>) ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments()[0];
    }

    static Class<?> statusOf(Class<?> kind) {
        return (Class<?>) ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments()[1];
    }

    /** All records of a kind, spec and status. */
    static Set<Class<?>> recordsOf(Class<?> kind) {
        Set<Class<?>> found = reachable(kind);
        found.removeIf(type -> !type.isRecord());
        return found;
    }

    /** The values of every enum of a kind as written in YAML, in the order of their declaration. */
    static List<List<String>> enumsOf(Class<?> kind) {
        return reachable(kind).stream()
                .filter(Class::isEnum)
                .map(KindTypes::valuesOf)
                .toList();
    }

    private static Set<Class<?>> reachable(Class<?> kind) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(specOf(kind), found);
        collect(statusOf(kind), found);
        return found;
    }

    private static List<String> valuesOf(Class<?> type) {
        List<String> values = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            try {
                Field field = type.getField(((Enum<?>) constant).name());
                values.add(field.getAnnotation(JsonProperty.class).value());
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(e);
            }
        }
        return List.copyOf(values);
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> plain && (plain.isRecord() || plain.isEnum()) && found.add(plain)) {
            if (plain.isRecord()) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    collect(component.getGenericType(), found);
                }
            }
        }
    }
}
