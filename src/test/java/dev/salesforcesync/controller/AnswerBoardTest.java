package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerBoardTest {
    @Test
    void keepsLinesWholeInPartsThatFit() {
        assertThat(AnswerBoard.parts(List.of("four", "ümlt", "x"), 10)).containsExactly("four\n", "ümlt\nx\n");
        assertThat(AnswerBoard.parts(List.of("longer than a part"), 10)).containsExactly("longer than a part\n");
        assertThat(AnswerBoard.parts(List.of(), 10)).containsExactly("");
    }

    @Test
    void saysInTheLastOfTooManyPartsHowMuchIsMissing() {
        List<String> parts = AnswerBoard.parts(Collections.nCopies(13, "123456789"), 10);

        assertThat(parts).hasSize(10);
        assertThat(parts.get(9)).isEqualTo("123456789\n# 3 more lines are missing here\n");
    }
}
