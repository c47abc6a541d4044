package dev.salesforcesync.policy.expression;

import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.HomogeneousLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The guarded environment in which the expressions of policies are compiled: CEL with optional values, a short list of
 * functions, and bounds on everything that could grow. Immutable and safe for use by several threads.
 *
 * <p>Expressions know {@code user} (first value by attribute), {@code multi} (all values by attribute), {@code groups}
 * (the policy's named groups that the person is in), {@code org}, {@code lookups}, {@code variables}, {@code enabled},
 * {@code expired}, {@code lockedOut} and {@code now}.
 */
public final class Expressions {
    /** The longest expression, in code points. */
    public static final int MAX_SOURCE = 2_048;

    private static final int MAX_RECURSION = 24;
    private static final int MAX_ITERATIONS = 2_000;
    private static final int MAX_DEPTH = 50;

    private static final CelType TEXT = SimpleType.STRING;
    private static final MapType TEXT_BY_NAME = MapType.create(TEXT, TEXT);

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final CelValidator validator;

    private Expressions(CelCompiler compiler, CelRuntime runtime, CelValidator validator) {
        this.compiler = compiler;
        this.runtime = runtime;
        this.validator = validator;
    }

    /** The environment; building it takes about a second the first time, so it is built once. */
    public static Expressions guarded() {
        return Holder.INSTANCE;
    }

    /** Compiles one expression, or says where it is wrong. */
    public Compilation compile(String source, ExpectedType type) {
        if (source.isBlank()) {
            return new Compilation.Refused(0, 0, "the expression is empty");
        }
        CelValidationResult checked = compiler.compile(source);
        if (checked.hasError()) {
            return refused(first(checked.getErrors()));
        }
        try {
            CelAbstractSyntaxTree ast = checked.getAst();
            CelValidationResult validated = validator.validate(ast);
            if (validated.hasError()) {
                return refused(first(validated.getErrors()));
            }
            Shape shape = Shape.of(ast);
            if (!shape.flaws().isEmpty()) {
                return refused(ast.getSource(), shape.flaws().get(0));
            }
            Optional<Compilation> mismatch = mismatch(ast, shape, type);
            if (mismatch.isPresent()) {
                return mismatch.get();
            }
            return new Compilation.Compiled(new Expression(source, type, runtime.createProgram(ast), shape));
        } catch (CelValidationException | CelEvaluationException | RuntimeException unexpected) {
            return new Compilation.Refused(0, 0, "the expression cannot be compiled");
        }
    }

    private static Optional<Compilation> mismatch(CelAbstractSyntaxTree ast, Shape shape, ExpectedType expected) {
        CelType actual = ast.getResultType();
        CelType wanted = switch (expected) {
            case STRING -> SimpleType.STRING;
            case BOOL -> SimpleType.BOOL;
            case REFERENCE -> Functions.REFERENCE;
        };
        // skip() alone is of every type.
        if (actual.equals(wanted) || actual.equals(SimpleType.DYN)) {
            return Optional.empty();
        }
        if (expected == ExpectedType.REFERENCE) {
            long root = ast.getExpr().id();
            return Optional.of(refused(
                    ast.getSource(),
                    new Shape.Flaw(
                            root,
                            "the field refers to a user: name his directory entry with ref(), as in"
                                    + " ref(user.manager)")));
        }
        if (actual.equals(Functions.REFERENCE) && !shape.references().isEmpty()) {
            return Optional.of(refused(
                    ast.getSource(),
                    new Shape.Flaw(
                            shape.references().get(0),
                            "ref() fits only a field that refers to a user, such as ManagerId")));
        }
        return Optional.of(new Compilation.Refused(
                0, 0, "the result is of type " + actual.name() + " and must be of type " + wanted.name()));
    }

    private static CelIssue first(List<CelIssue> issues) {
        return issues.stream()
                .min(Comparator.comparing(CelIssue::getSourceLocation))
                .orElseThrow();
    }

    private static Compilation refused(CelIssue issue) {
        CelSourceLocation at = issue.getSourceLocation();
        return at.getLine() < 1
                ? new Compilation.Refused(0, 0, issue.getMessage())
                : new Compilation.Refused(at.getLine(), at.getColumn() + 1, issue.getMessage());
    }

    private static Compilation refused(CelSource source, Shape.Flaw flaw) {
        Integer offset = source.getPositionsMap().get(flaw.expression());
        return Optional.ofNullable(offset)
                .flatMap(source::getOffsetLocation)
                .map(at -> new Compilation.Refused(at.getLine(), at.getColumn() + 1, flaw.message()))
                .orElseGet(() -> new Compilation.Refused(0, 0, flaw.message()));
    }

    private static final class Holder {
        static final Expressions INSTANCE = build();

        private static Expressions build() {
            CelOptions options = CelOptions.current()
                    .maxExpressionCodePointSize(MAX_SOURCE)
                    .maxParseRecursionDepth(MAX_RECURSION)
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .enableOptionalSyntax(true)
                    .build();
            CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(options)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(Functions.standard())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addLibraries(CelExtensions.optional())
                    .addFunctionDeclarations(Functions.declarations())
                    .addVar("user", TEXT_BY_NAME)
                    .addVar("multi", MapType.create(TEXT, ListType.create(TEXT)))
                    .addVar("groups", ListType.create(TEXT))
                    .addVar("org", TEXT_BY_NAME)
                    .addVar("lookups", MapType.create(TEXT, TEXT_BY_NAME))
                    .addVar("variables", TEXT_BY_NAME)
                    .addVar("enabled", SimpleType.BOOL)
                    .addVar("expired", SimpleType.BOOL)
                    .addVar("lockedOut", SimpleType.BOOL)
                    .addVar("now", SimpleType.TIMESTAMP)
                    .build();
            // The interpreter without a planner: it is five times faster on optional values.
            CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                    .setOptions(options)
                    .addLibraries(CelExtensions.optional())
                    .addFunctionBindings(Functions.bindings())
                    .build();
            CelValidator validator = CelValidatorFactory.standardCelValidatorBuilder(
                            CelFactory.combine(compiler, runtime))
                    .addAstValidators(
                            AstDepthLimitValidator.newInstance(MAX_DEPTH),
                            HomogeneousLiteralValidator.newInstance(),
                            TimestampLiteralValidator.INSTANCE,
                            DurationLiteralValidator.INSTANCE)
                    .build();
            return new Expressions(compiler, runtime, validator);
        }
    }
}
