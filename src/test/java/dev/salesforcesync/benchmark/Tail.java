package dev.salesforcesync.benchmark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Follows a log. */
final class Tail {
    private final Path file;
    private long read;
    private String rest = "";

    private Tail(Path file, long read) {
        this.file = file;
        this.read = read;
    }

    /** What comes from now on. */
    static Tail fromNow(Path file) {
        try {
            return new Tail(file, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there, and what comes. */
    static Tail whole(Path file) {
        return new Tail(file, 0);
    }

    /** The lines that were ended since the last time. */
    List<String> lines() {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] added = new byte[(int) (in.length() - read)];
            in.seek(read);
            in.readFully(added);
            read += added.length;
            String text = rest + new String(added, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            rest = text.substring(end);
            return text.substring(0, end).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
