package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import dev.salesforcesync.directory.ChangePosition.Coverage;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePositionTest {
    private static final UUID ONE = UUID.fromString("11111111-0000-0000-0000-000000000001");
    private static final UUID TWO = UUID.fromString("22222222-0000-0000-0000-000000000002");

    /** As Samba 4.17 gave it: one database, update sequence number 4078. */
    private static final byte[] OF_SAMBA = Base64.getDecoder()
            .decode(
                    "TVNEUwMAAACAve9aoHrdAQAAAAAAAAAAKAAAAO4PAAAAAAAAAAAAAAAAAADuDwAAAAAAAM3z4/V3EqFCq3V/QkHjg+kBAAAAAAAAAAEA"
                            + "AAAAAAAAzfPj9XcSoUKrdX9CQeOD6e4PAAAAAAAA");

    private static ChangePosition at(Map<UUID, Long> known) {
        return new ChangePosition("dc=example", ONE.toString(), known, "");
    }

    private static ChangePosition of(byte[] cookie) {
        return DirSyncCookie.position("dc=example", Optional.of(new ASN1OctetString(cookie)));
    }

    @Test
    void readsWhatACookieOfARealControllerTells() {
        ChangePosition position = of(OF_SAMBA);

        UUID database = UUID.fromString("f5e3f3cd-1277-42a1-ab75-7f4241e383e9");
        assertThat(position.server()).isEqualTo(database.toString());
        assertThat(position.known()).isEqualTo(Map.of(database, 4078L));
        assertThat(position.cookieBytes()).isEqualTo(OF_SAMBA);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 20, 67, 68, 80, 100, 107})
    void aCookieItDoesNotUnderstandTellsNothingAndGoesBackAsItCame(int length) {
        byte[] cut = Arrays.copyOf(OF_SAMBA, length);

        ChangePosition position = of(cut);

        assertThat(position.known()).isEmpty();
        assertThat(position.cookieBytes()).isEqualTo(cut);
        assertThat(position.covers(at(Map.of(ONE, 1L)))).isEqualTo(Coverage.UNKNOWN);
    }

    @Test
    void coversWhatEveryDatabaseHadShown() {
        ChangePosition seen = at(Map.of(ONE, 10L, TWO, 20L));

        assertThat(at(Map.of(ONE, 10L, TWO, 20L)).covers(seen)).isEqualTo(Coverage.YES);
        assertThat(at(Map.of(ONE, 11L, TWO, 25L)).covers(seen)).isEqualTo(Coverage.YES);
        assertThat(at(Map.of(ONE, 11L, TWO, 19L)).covers(seen)).isEqualTo(Coverage.NO);
        assertThat(at(Map.of(ONE, 11L)).covers(seen)).isEqualTo(Coverage.UNKNOWN);
        assertThat(at(Map.of(ONE, 9L)).covers(seen)).isEqualTo(Coverage.NO);
    }

    @Test
    void saysNothingAgainstAnotherDomain() {
        ChangePosition elsewhere = new ChangePosition("dc=other", TWO.toString(), Map.of(TWO, 99L), "");

        assertThat(at(Map.of(ONE, 1L)).covers(elsewhere)).isEqualTo(Coverage.YES);
    }

    @Test
    void survivesAsOneWord() {
        ChangePosition position =
                new ChangePosition("dc=my domain", ONE.toString(), Map.of(ONE, 10L, TWO, 20L), "AAAA");

        String text = position.toText();

        assertThat(text).doesNotContain(" ");
        assertThat(ChangePosition.parse(text).orElseThrow().known()).isEqualTo(position.known());
        assertThat(ChangePosition.parse(text).orElseThrow().covers(position)).isEqualTo(Coverage.YES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1|dc=x", "2|dc=x|y", "1|dc=x|y|z", "1|dc=x|y|not-a-guid=3", "1|dc=x|y|" + "=1"})
    void anythingElseIsNoPosition(String text) {
        assertThat(ChangePosition.parse(text)).isEmpty();
    }
}
