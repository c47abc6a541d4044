package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one text form of actions, from which keys and hashes are made. */
final class Canonical {
    private static final int SHOWN = 16;

    private Canonical() {}

    /** The first 16 hexadecimal digits of SHA-256 over the texts, each closed by its length so that none can run into the next. */
    static String digest(Collection<String> texts) {
        MessageDigest sha = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha.update(bytes);
            sha.update((":" + bytes.length + ";").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha.digest()).substring(0, SHOWN);
    }

    static String key(Action action) {
        List<String> texts = new ArrayList<>();
        texts.add(action.getClass().getSimpleName());
        texts.add(action.person().toString());
        // What somebody gets is the same whether his user is there yet or not, so that an approval outlasts his
        // creation.
        texts.add(
                action instanceof Action.Assign || action instanceof Action.Refer
                        ? ""
                        : action.existingUser().map(SalesforceId::value).orElse(""));
        for (Map.Entry<String, Change> change : action.changes().entrySet()) {
            texts.add(change.getKey());
            texts.add(value(change.getValue().before()));
            texts.add(
                    action instanceof Action.Refer refers
                            ? value(refers.target().map(ObjectGuid::toString))
                            : value(change.getValue().after()));
        }
        if (action instanceof Action.Reactivate back) {
            texts.add(back.activate() + "," + back.unfreeze());
        }
        action.right().ifPresent(right -> {
            texts.add(right.kind().name());
            texts.add(right.entitlement().value());
        });
        if (action instanceof Action.Withdraw withdrawal) {
            texts.add(withdrawal.row().id().value());
        }
        return digest(texts);
    }

    private static String value(Optional<String> value) {
        return value.map(v -> "=" + v).orElse("-");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
