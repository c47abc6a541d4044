package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"0s,PT0S", "250ms,PT0.25S", "1s,PT1S", "15m,PT15M", "6h,PT6H", "90d,P90D", "1d12h,PT36H", "1h1h,PT2H"})
    void readsNumbersWithUnits(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15",
                "m",
                "15 m",
                "-1s",
                "1.5h",
                "1w",
                "P1D",
                "1h\n",
                "99999999999999999999d",
                "9999999999999999d"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }
}
