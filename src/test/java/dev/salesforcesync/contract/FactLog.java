package dev.salesforcesync.contract;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Notes what each test says about its facts, and writes the report after each class. */
final class FactLog implements TestWatcher, AfterAllCallback {
    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, new Finding.Holds());
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        note(context, new Finding.Fails(context.getDisplayName()));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        note(context, new Finding.Untried(firstLine(cause)));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, new Finding.Untried(reason.orElse("switched off")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        FactReport.ofThisRun().publish();
    }

    private static void note(ExtensionContext context, Finding finding) {
        Against.Kind kind =
                context.getRequiredTestClass().getAnnotation(Against.class).value();
        context.getTestMethod().map(method -> method.getAnnotation(Tries.class)).ifPresent(tries -> {
            for (Fact fact : tries.value()) {
                FactReport.ofThisRun().add(kind, fact, finding);
            }
        });
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage() == null ? "not tried" : cause.getMessage();
        return message.lines().findFirst().orElse("not tried").replaceFirst("^Assumption failed: ", "");
    }
}
