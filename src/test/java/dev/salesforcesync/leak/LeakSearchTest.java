package dev.salesforcesync.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each leak is written by a library that would write it in earnest, not by the search's own idea of it. */
class LeakSearchTest {
    private static final String SECRET = "Kö/9+ \"<&>'pass\\wörd~";
    private final LeakSearch search = new LeakSearch().secret("the secret", SECRET);

    private record Leaky(String disguise, String text) {
        @Override
        public String toString() {
            return disguise;
        }
    }

    static Stream<Leaky> leaks() throws Exception {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        return Stream.of(
                new Leaky("PLAIN", "password=" + SECRET + ";"),
                new Leaky("URL", "client_secret=" + form + "&grant_type=x"),
                new Leaky("URL", "/token?secret=" + form.replace("+", "%20")),
                new Leaky("URL", form.toLowerCase(Locale.ROOT).replace("k%c3", "K%c3")),
                new Leaky("URL", uri()),
                new Leaky("BASE64", base64("", SECRET, "")),
                new Leaky("BASE64", base64("a", SECRET, "b")),
                new Leaky("BASE64", base64("ab", SECRET, "bc")),
                new Leaky("BASE64", base64("abc", SECRET, "bcd")),
                new Leaky("BASE64", base64("someone:", SECRET, "\n")),
                new Leaky("BASE64", Base64.getMimeEncoder(12, new byte[] {'\n'}).encodeToString(bytes)),
                new Leaky(
                        "BASE64_URL",
                        Base64.getUrlEncoder()
                                .encodeToString(("x" + SECRET + "??>>").getBytes(StandardCharsets.UTF_8))),
                new Leaky("HEX", HexFormat.of().formatHex(bytes)),
                new Leaky("HEX", "0x" + HexFormat.of().withUpperCase().formatHex(bytes) + "00"),
                new Leaky("JSON", new JsonMapper().writeValueAsString(Map.of("data", SECRET))),
                new Leaky("JSON", ascii().writeValueAsString(Map.of("data", SECRET))),
                new Leaky("JSON", new YAMLMapper().writeValueAsString(Map.of("data", SECRET + "\u0001"))),
                new Leaky("XML", xml(false)),
                new Leaky("XML", xml(true)));
    }

    private static String base64(String before, String secret, String behind) {
        return Base64.getEncoder().encodeToString((before + secret + behind).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonMapper ascii() {
        return JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    }

    private static String uri() throws URISyntaxException {
        String path = new URI("https", "host.example", "/" + SECRET.replace("/", "|"), null).toASCIIString();
        return path.replace("%7C", "%2F")
                .replace("+", "%2B")
                .replace("&", "%26")
                .replace("'", "%27")
                .replace("~", "%7E");
    }

    private static String xml(boolean attribute) throws Exception {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        xml.writeStartElement("a");
        if (attribute) {
            xml.writeAttribute("b", SECRET);
        } else {
            xml.writeCharacters(SECRET);
        }
        xml.writeEndElement();
        xml.flush();
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void findsASecretInEveryForm(Leaky leaky) {
        assertThat(search.in("here", "before " + leaky.text() + " behind"))
                .contains(new LeakSearch.Leak("here", "the secret", leaky.disguise()));
    }

    @Test
    void findsASecretThatALineBreakDivides() {
        assertThat(search.in("here", "x: \"" + SECRET.replace("pass", "pa\\\n    ss") + "\""))
                .hasSize(1);
        assertThat(search.in("here", "x: " + SECRET.replace("pass", "pa\n  ss")))
                .hasSize(1);
    }

    @Test
    void findsAPrivateKeyHoweverItIsWrapped() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
        LeakSearch keys = new LeakSearch().secret("the key", pem);

        assertThat(keys.in("a", pem)).isNotEmpty();
        assertThat(keys.in("a", Base64.getEncoder().encodeToString(key))).isNotEmpty();
        assertThat(keys.in("a", Base64.getMimeEncoder().encodeToString(key))).isNotEmpty();
        assertThat(keys.in("a", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII))))
                .isNotEmpty();
        assertThat(keys.in("a", "\"" + pem.replace("\n", "\\n") + "\"")).isNotEmpty();
        byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
        assertThat(keys.in("a", Base64.getMimeEncoder().encodeToString(other))).isEmpty();
    }

    @Test
    void findsNothingWhereNothingIsAndNeverQuotesWhatItFinds() {
        assertThat(search.in("here", "password rejected; see the Secret " + SECRET.substring(1)))
                .isEmpty();
        assertThat(search.in(Map.of("there", SECRET)).toString())
                .contains("there")
                .doesNotContain(SECRET);
    }

    @Test
    void refusesWhatWouldBeFoundByChance() {
        assertThatThrownBy(() -> search.secret("pin", "1234567")).hasMessageNotContaining("1234567");
    }
}
