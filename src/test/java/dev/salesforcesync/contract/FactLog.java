package dev.salesforcesync.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Notes what each test says about its facts, and writes the report after each class. */
final class FactLog implements TestWatcher, AfterAllCallback {
    private static final Pattern SAID = Pattern.compile("\\[([^\\]]+)\\]");

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
        note(context, new Finding.Untried(reason(cause)));
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

    private static String reason(Throwable cause) {
        String message = cause.getMessage() == null ? "not tried" : cause.getMessage();
        // AssertJ puts what a test says of its assumption into brackets.
        Matcher said = SAID.matcher(message);
        return said.find() ? said.group(1) : message.lines().findFirst().orElse("not tried");
    }
}
