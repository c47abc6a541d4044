package dev.salesforcesync.policy.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A compiled expression. Immutable and safe for use by several threads; equal input has equal outcome. */
public final class Expression {
    private static final Pattern POSITION = Pattern.compile("^evaluation error at [^:\\s]*:(\\d{1,6}):");

    private static final Pattern GROUPS = Pattern.compile("\\bgroups\\b");
    private static final Pattern TIME = Pattern.compile("\\bnow\\b");

    /** What the handling of any part costs, beside what it does. */
    private static final int STEPS_PER_PART = 32;

    private final String source;
    private final ExpectedType type;
    private final CelRuntime.Program program;
    private final Set<String> attributesRead;
    private final boolean readsAttributesOnly;
    private final Set<String> variablesRead;
    private final Set<String> groupsRead;

    Expression(String source, ExpectedType type, CelRuntime.Program program, Shape shape) {
        this.source = source;
        this.type = type;
        this.program = program;
        this.attributesRead = Set.copyOf(shape.attributes());
        this.readsAttributesOnly = shape.readsAttributesOnly();
        this.variablesRead = Set.copyOf(shape.variables());
        this.groupsRead = Set.copyOf(shape.groups());
    }

    /** The expression as written. */
    public String source() {
        return source;
    }

    /** What it results in. */
    public ExpectedType type() {
        return type;
    }

    /** The directory attributes it reads, as it names them. */
    public Set<String> attributesRead() {
        return attributesRead;
    }

    /** Whether its value depends on nothing but the first values of {@link #attributesRead}, rules and org being the same. */
    public boolean readsAttributesOnly() {
        return readsAttributesOnly;
    }

    /** The variables it reads. */
    public Set<String> variablesRead() {
        return variablesRead;
    }

    /** The groups it asks for with {@code inGroup}. */
    public Set<String> groupsRead() {
        return groupsRead;
    }

    /** Whether its value may depend on who is in which group; said rather too often than too rarely. */
    public boolean mentionsGroups() {
        return GROUPS.matcher(source).find();
    }

    /** Whether its value may depend on what time it is; said rather too often than too rarely. */
    public boolean mentionsTime() {
        return TIME.matcher(source).find();
    }

    /** Evaluates it for one person. Never throws, and never lets a value out but as the result. */
    public Outcome evaluate(Facts facts) {
        return evaluate(facts, Allowance.begin());
    }

    /** Like its namesake, on an allowance that was just begun on this thread. */
    Outcome evaluate(Facts facts, Allowance allowance) {
        CelEvaluationListener meter = (part, value) ->
                allowance.take(STEPS_PER_PART + (value instanceof String text ? text.length() / 16 : 0));
        try {
            return outcome(program.trace(named(facts), meter));
        } catch (CelEvaluationException | RuntimeException failure) {
            return failed(failure);
        }
    }

    private static CelVariableResolver named(Facts facts) {
        return name -> switch (name) {
            case "user" -> Optional.of(facts.user());
            case "multi" -> Optional.of(facts.multi());
            case "groups" -> Optional.of(facts.groups());
            case "org" -> Optional.of(facts.org());
            case "lookups" -> Optional.of(facts.lookups());
            case "variables" -> Optional.of(facts.variables());
            case "enabled" -> Optional.of(facts.enabled());
            case "expired" -> Optional.of(facts.expired());
            case "lockedOut" -> Optional.of(facts.lockedOut());
            case "now" -> Optional.of(facts.now());
            default -> Optional.empty();
        };
    }

    private Outcome outcome(Object value) {
        if (type == ExpectedType.STRING && value instanceof String text) {
            return text.length() > Allowance.MAX_TEXT ? new Outcome.Failed("ValueTooLong", -1) : new Outcome.Text(text);
        }
        if (type == ExpectedType.BOOL && value instanceof Boolean truth) {
            return new Outcome.Truth(truth);
        }
        if (type == ExpectedType.REFERENCE && value instanceof Reference reference) {
            return new Outcome.Referred(reference.dn().strip());
        }
        return new Outcome.Failed("ExpressionFailed", -1);
    }

    private static Outcome failed(Throwable failure) {
        int position = position(failure).orElse(-1);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Allowance.Skipped) {
                return new Outcome.Skip();
            }
            if (cause instanceof Allowance.Stopped stopped) {
                return new Outcome.Failed(stopped.code(), position);
            }
            if (cause instanceof NoSuchElementException) { // value() of an optional that has none
                return new Outcome.Failed("AttributeMissing", position);
            }
        }
        CelErrorCode code =
                failure instanceof CelEvaluationException known ? known.getErrorCode() : CelErrorCode.INTERNAL_ERROR;
        return new Outcome.Failed(code(code), position);
    }

    /** The only thing taken from the library's message, which otherwise holds all arguments in full. */
    private static Optional<Integer> position(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return Optional.empty();
        }
        Matcher found = POSITION.matcher(message);
        return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
    }

    private static String code(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> "AttributeMissing";
            case INDEX_OUT_OF_BOUNDS -> "IndexOutOfBounds";
            case ITERATION_BUDGET_EXCEEDED -> "ExpressionTooExpensive";
            case INVALID_ARGUMENT, BAD_FORMAT, DIVIDE_BY_ZERO, NUMERIC_OVERFLOW -> "InvalidArgument";
            default -> "ExpressionFailed";
        };
    }
}
