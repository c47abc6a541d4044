package dev.salesforcesync.real;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Installs the chart once for all test classes and removes it, and its definitions, after the last one. */
final class RealClusterExtension implements ExecutionCondition, ParameterResolver {
    static final String KUBECONFIG = "SALESFORCESYNC_REAL_KUBECONFIG";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("a real API server is there");
        }
        if (Boolean.getBoolean("real.required")) {
            throw new IllegalStateException(missing.get());
        }
        return ConditionEvaluationResult.disabled(missing.get());
    }

    private static Optional<String> missing() {
        if (System.getenv().getOrDefault(KUBECONFIG, "").isBlank()) {
            return Optional.of(KUBECONFIG + " must name the kubeconfig of an API server for tests");
        }
        return System.getProperty("real.jar", "").isBlank()
                ? Optional.of("only the profile real (mvn -Preal verify) packages the jar before the tests")
                : Optional.empty();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RealCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RealClusterExtension.class))
                .getOrComputeIfAbsent(
                        RealCluster.class,
                        type -> RealCluster.install(
                                Path.of(System.getenv(KUBECONFIG)), Path.of(System.getProperty("real.jar"))),
                        RealCluster.class);
    }
}
