package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Loads people and groups from an LDIF: first all objects, then the links between them. */
final class SandboxPeople {
    private SandboxPeople() {}

    static void load(SandboxDirectory directory, String resource) {
        List<Entry> entries = new ArrayList<>();
        try (InputStream stream = SandboxPeople.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            try (LDIFReader reader = new LDIFReader(stream)) {
                for (Entry entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                    entries.add(entry);
                }
            }
        } catch (IOException | LDIFException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
        for (Entry entry : entries) {
            if (!directory.exists(entry.getDN())) {
                directory.add(
                        entry.getDN(),
                        entry.getAttributes().stream()
                                .filter(attribute -> !Domain.LINKED.containsKey(attribute.getName()))
                                .toArray(Attribute[]::new));
            }
        }
        for (Entry entry : entries) {
            for (Attribute attribute : entry.getAttributes()) {
                if (Domain.LINKED.containsKey(attribute.getName())) {
                    directory.modify(
                            entry.getDN(),
                            new Modification(ModificationType.ADD, attribute.getName(), attribute.getValues()));
                }
            }
        }
    }
}
