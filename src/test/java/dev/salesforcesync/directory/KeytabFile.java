package dev.salesforcesync.directory;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;

/** Writes a keytab with one AES key, as ktpass and ktutil do: the key follows from the password and the account's name. */
final class KeytabFile {
    private static final int AES_256 = 18;

    private KeytabFile() {}

    /** The file's content in Base64, as a Secret holds it. */
    static String of(String principal, String password, int version) throws IOException {
        String name = principal.substring(0, principal.indexOf('@'));
        String realm = principal.substring(principal.indexOf('@') + 1);
        byte[] key = new KerberosKey(
                        new KerberosPrincipal(principal), password.toCharArray(), "aes256-cts-hmac-sha1-96")
                .getEncoded();
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(entry);
        out.writeShort(1);
        text(out, realm);
        text(out, name);
        out.writeInt(KerberosPrincipal.KRB_NT_PRINCIPAL);
        out.writeInt(0);
        out.writeByte(version);
        out.writeShort(AES_256);
        out.writeShort(key.length);
        out.write(key);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream all = new DataOutputStream(file);
        all.writeShort(0x0502);
        all.writeInt(entry.size());
        entry.writeTo(all);
        return Base64.getEncoder().encodeToString(file.toByteArray());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
