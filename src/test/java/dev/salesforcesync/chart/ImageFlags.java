package dev.salesforcesync.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the image tells the JVM, as the pom has it. */
public final class ImageFlags {
    private static final Pattern FLAG = Pattern.compile("<jvmFlag>(.*)</jvmFlag>");

    private ImageFlags() {}

    /** The flags in their order. */
    public static List<String> read() throws IOException {
        Matcher flag = FLAG.matcher(Files.readString(Path.of("pom.xml")));
        return flag.results().map(found -> found.group(1)).toList();
    }
}
