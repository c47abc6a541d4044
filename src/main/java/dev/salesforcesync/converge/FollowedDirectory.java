package dev.salesforcesync.converge;

import dev.salesforcesync.directory.ChangePosition;
import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.directory.ReadRequest;
import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.failure.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The directory as one policy follows it: opened anew when its settings change, followed anew when the question does. */
final class FollowedDirectory implements AutoCloseable {
    private static final Duration SUFFICIENT_PAUSE = Duration.ofHours(1);
    private static final Duration MISSING_PAUSE = Duration.ofMinutes(10);
    private static final Duration UNANSWERED_PAUSE = Duration.ofMinutes(1);

    private final Edges edges;
    private final Runnable wake;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private Optional<DirectorySettings> settings = Optional.empty();
    private Optional<DirectoryReader> reader = Optional.empty();
    private Optional<Followed> followed = Optional.empty();
    private Optional<Rights> rights = Optional.empty();

    FollowedDirectory(Edges edges, Runnable wake) {
        this.edges = edges;
        this.wake = wake;
    }

    private record Followed(ReadRequest request, Following.Mode mode, DirectoryFeed feed) {}

    private record Rights(
            ReadRequest request, Following.Mode mode, Optional<List<RightsFinding>> found, Instant until) {}

    /**
     * What the bind account may not do. Asked at most once an hour; sooner again while something is missing, so that a
     * grant is noticed, or while nobody answers. Empty as long as nobody has answered.
     */
    Optional<List<RightsFinding>> rights(ReadRequest request, Following.Mode mode, Instant now) {
        Optional<Rights> before = rights.filter(one -> one.request().equals(request) && one.mode() == mode);
        if (before.filter(one -> now.isBefore(one.until())).isEmpty()) {
            Optional<List<RightsFinding>> found =
                    reader.orElseThrow().preflight(request, mode) instanceof Result.Ok<List<RightsFinding>> ok
                            ? Optional.of(ok.value())
                            : Optional.empty();
            boolean missing =
                    found.stream().flatMap(List::stream).anyMatch(one -> one.kind() == RightsFinding.Kind.MISSING);
            Duration pause = found.isEmpty() ? UNANSWERED_PAUSE : missing ? MISSING_PAUSE : SUFFICIENT_PAUSE;
            rights = Optional.of(
                    new Rights(request, mode, found.or(() -> before.flatMap(Rights::found)), now.plus(pause)));
        }
        return rights.flatMap(Rights::found);
    }

    /** Whether these settings are others than before. */
    boolean use(DirectorySettings next) {
        if (settings.equals(Optional.of(next))) {
            return false;
        }
        close();
        settings = Optional.of(next);
        reader = Optional.of(edges.directory(next));
        return true;
    }

    /**
     * The feed for a request.
     *
     * @param kept how far an earlier process had come, as its position's text
     * @param givenUp the token of a position to which the domain will never come again
     */
    Result<DirectoryFeed> feed(
            ReadRequest request, Following.Mode mode, Optional<String> kept, Optional<String> givenUp) {
        Optional<ChangePosition> lastKnown =
                followed.flatMap(one -> one.feed().position()).or(() -> kept.flatMap(ChangePosition::parse));
        boolean lost = lastKnown.map(ChangePosition::token).equals(givenUp) && lastKnown.isPresent();
        Optional<Followed> same = followed.filter(one -> one.request().equals(request) && one.mode() == mode && !lost);
        if (same.isPresent()) {
            return Result.ok(same.get().feed());
        }
        endFeed();
        return reader.orElseThrow()
                .follow(request, new Following(mode, lastKnown.filter(position -> !lost), this::hint))
                .map(feed -> {
                    followed = Optional.of(new Followed(request, mode, feed));
                    return feed;
                });
    }

    private void hint() {
        hinted.set(true);
        wake.run();
    }

    /** Whether the directory rang since the last time this was asked. */
    boolean wasHinted() {
        return hinted.getAndSet(false);
    }

    private void endFeed() {
        followed.ifPresent(one -> one.feed().close());
        followed = Optional.empty();
    }

    @Override
    public void close() {
        endFeed();
        reader.ifPresent(DirectoryReader::close);
        reader = Optional.empty();
        settings = Optional.empty();
        rights = Optional.empty();
    }
}
