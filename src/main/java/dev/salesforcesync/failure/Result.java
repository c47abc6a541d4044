package dev.salesforcesync.failure;

import java.util.function.Function;

/** What came of asking an edge for something: the thing, or the failure that kept us from it. */
public sealed interface Result<T> {

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(Failure failure) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Result<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    default <R> Result<R> map(Function<? super T, ? extends R> change) {
        if (this instanceof Failed<T> failed) {
            return new Failed<>(failed.failure());
        }
        return new Ok<>(change.apply(((Ok<T>) this).value()));
    }

    default <R> Result<R> flatMap(Function<? super T, Result<R>> next) {
        if (this instanceof Failed<T> failed) {
            return new Failed<>(failed.failure());
        }
        return next.apply(((Ok<T>) this).value());
    }
}
