package dev.salesforcesync.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSearchTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream report = new ByteArrayOutputStream();

    private int search(String text) throws IOException {
        Files.createDirectories(folder.resolve("reports/deep"));
        Files.writeString(folder.resolve("reports/deep/TEST-x.xml"), text);
        return new FileSearch(
                        List.of("# a remark", "", "listed-secret"),
                        Map.of("SALESFORCESYNC_AD_PASSWORD", "of-the-domain"))
                .search(List.of(folder.resolve("reports")), new PrintStream(report, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listed-secret",
                "of-the-domain",
                "leak-marker-new",
                "00D000000000001!AR8AQ0123456789012345678901234567890123456789012345678901234567890123456789.x"
            })
    void findsWhatIsListedMarkedGivenOrShapedLikeASession(String secret) throws IOException {
        assertThat(search("<testcase name=\"a\">" + secret + "</testcase>")).isEqualTo(FileSearch.FOUND);
        assertThat(report.toString(StandardCharsets.UTF_8))
                .contains("TEST-x.xml")
                .doesNotContain(secret);
    }

    @Test
    void findsDisguisedSecrets() throws IOException {
        assertThat(search(Base64.getEncoder().encodeToString("a listed-secret".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(FileSearch.FOUND);
    }

    @Test
    void isContentWithWhatSaysNothing() throws IOException {
        assertThat(search("a remark; 00D…!AR8… and 00D000000000001 are no secrets, 'listed' and 'secret' neither"))
                .isEqualTo(FileSearch.CLEAN);
    }

    @Test
    void saysWhenThereWasNothingToSearch() throws IOException {
        assertThat(search("")).isEqualTo(FileSearch.NOTHING_TO_SEARCH);
    }
}
