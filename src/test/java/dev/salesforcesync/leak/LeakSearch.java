package dev.salesforcesync.leak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Searches text for secrets, in plain and in every {@link Disguise}, also where a line was broken inside of one. */
public final class LeakSearch {
    /** Fewer characters would be found by chance. */
    public static final int SHORTEST = 8;

    /** In PEM the first octets say only what kind of key follows; they are the same in all keys. */
    private static final int PEM_HEAD = 64;

    private static final int PEM_PIECE = 16;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)-----END", Pattern.DOTALL);
    private static final Pattern LINE_BREAK = Pattern.compile("\\\\?[\\r\\n]+[ \\t]*");

    /** One secret found somewhere; says which and where, and never quotes it. */
    public record Leak(String where, String secret, String disguise) {}

    private record Trace(String secret, String disguise) {}

    /** By what is looked for. */
    private final Map<String, Trace> traces = new LinkedHashMap<>();

    /**
     * Looks for a secret from now on.
     *
     * @param name says which it is in findings
     * @param value at least {@value #SHORTEST} characters; of a private key in PEM, its octets in pieces
     */
    public LeakSearch secret(String name, String value) {
        if (value.strip().length() < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be told from chance");
        }
        var pem = PEM.matcher(value);
        if (pem.find()) {
            String key = pem.group(1).replaceAll("\\s", "");
            IntStream.iterate(PEM_HEAD, at -> at + PEM_PIECE <= key.length(), at -> at + PEM_PIECE)
                    .mapToObj(at -> key.substring(at, at + PEM_PIECE))
                    .forEach(piece -> add(name, piece));
        } else {
            add(name, value);
        }
        return this;
    }

    private void add(String name, String value) {
        for (Disguise disguise : Disguise.all()) {
            disguise.of(value).forEach(form -> traces.putIfAbsent(form, new Trace(name, disguise.name())));
        }
    }

    /** What is found in one artefact; each secret once per disguise. */
    public List<Leak> in(String where, String text) {
        List<Leak> leaks = new ArrayList<>();
        String joined = LINE_BREAK.matcher(text).replaceAll("");
        traces.forEach((form, trace) -> {
            if (text.contains(form) || joined.contains(form)) {
                leaks.add(new Leak(where, trace.secret(), trace.disguise()));
            }
        });
        return leaks.stream().distinct().toList();
    }

    /** What is found in several artefacts. */
    public List<Leak> in(Map<String, String> artefacts) {
        return artefacts.entrySet().stream()
                .flatMap(artefact -> in(artefact.getKey(), artefact.getValue()).stream())
                .toList();
    }
}
