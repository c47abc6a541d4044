package dev.salesforcesync.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of a page written for people.
 *
 * @param columns the headings of all columns but the first
 * @param rows in the order of the page
 */
record MarkdownTable(List<String> columns, List<Row> rows) {

    /**
     * One row.
     *
     * @param name what stands in the first column
     * @param cells the rest
     */
    record Row(String name, List<String> cells) {}

    /** The table under a heading. */
    static MarkdownTable under(Path page, String heading) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        boolean there = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                there = line.replace("#", "").strip().equals(heading);
            } else if (there && line.startsWith("|") && !line.startsWith("|---")) {
                lines.add(Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList());
            }
        }
        List<Row> rows = lines.stream()
                .skip(1)
                .map(cells -> new Row(cells.get(0), cells.subList(1, cells.size())))
                .toList();
        return new MarkdownTable(lines.get(0).subList(1, lines.get(0).size()), rows);
    }
}
