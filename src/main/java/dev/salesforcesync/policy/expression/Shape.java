package dev.salesforcesync.policy.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a checked expression reads, and whether it keeps the rules that the language itself does not have: it names what
 * it reads, so that the directory can be asked for just that, and it holds no lists of lists, whose size could double
 * with every step.
 */
final class Shape {
    private static final Set<String> KEYED = Set.of("user", "multi", "variables", "lookups");

    /** What differs from person to person, or from one moment to the next, beside {@code user}. */
    private static final Set<String> OF_A_PERSON =
            Set.of("multi", "groups", "variables", "enabled", "expired", "lockedOut", "now");

    private final CelAbstractSyntaxTree ast;
    private final Set<String> attributes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> groups = new TreeSet<>();
    private boolean readsAttributesOnly = true;
    private final List<Long> references = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();

    private Shape(CelAbstractSyntaxTree ast) {
        this.ast = ast;
    }

    static Shape of(CelAbstractSyntaxTree ast) {
        Shape shape = new Shape(ast);
        CelNavigableAst.fromAst(ast).getRoot().allNodes().forEach(shape::look);
        return shape;
    }

    Set<String> attributes() {
        return attributes;
    }

    /** Whether nothing of what differs from person to person is read but first values of attributes. */
    boolean readsAttributesOnly() {
        return readsAttributesOnly;
    }

    Set<String> variables() {
        return variables;
    }

    Set<String> groups() {
        return groups;
    }

    /** The calls of {@code ref()}, by expression. */
    List<Long> references() {
        return references;
    }

    List<Flaw> flaws() {
        return flaws;
    }

    /** Something that we refuse, at a part of the expression. */
    record Flaw(long expression, String message) {}

    private void look(CelNavigableExpr node) {
        CelExpr expr = node.expr();
        if (expr.getKind() == Kind.IDENT && KEYED.contains(expr.ident().name())) {
            keyed(node, expr.ident().name());
        }
        if (expr.getKind() == Kind.IDENT && OF_A_PERSON.contains(expr.ident().name())) {
            readsAttributesOnly = false;
        }
        if (expr.getKind() == Kind.CALL && expr.call().function().equals("inGroup")) {
            literal(expr.call().args().get(1))
                    .ifPresentOrElse(
                            groups::add,
                            () -> flaw(expr, "the name of the group must be written out as a literal text"));
        }
        if (expr.getKind() == Kind.CALL && expr.call().function().equals("matches")) {
            Optional<String> pattern = literal(expr.call().args().get(0));
            if (pattern.isEmpty()) {
                flaw(expr, "the regular expression must be written out as a literal text");
            } else if (!Texts.isAcceptablePattern(pattern.get())) {
                flaw(expr, "the regular expression is wrong (RE2 syntax) or too large");
            }
        }
        if (expr.getKind() == Kind.CALL && expr.call().function().equals("ref")) {
            references.add(expr.id());
        }
        if (expr.getKind() == Kind.CALL && expr.call().function().equals("under")) {
            literal(expr.call().args().get(0))
                    .filter(base -> DistinguishedName.parse(base).isEmpty())
                    .ifPresent(base -> flaw(expr, "what stands in under() is not the name of a directory entry"));
        }
        if (expr.getKind() == Kind.MAP || expr.getKind() == Kind.STRUCT) {
            flaw(expr, "maps cannot be made in expressions; put tables into lookups");
        }
        if (expr.getKind() == Kind.LIST || expr.getKind() == Kind.CALL || expr.getKind() == Kind.COMPREHENSION) {
            ast.getType(expr.id())
                    .filter(Shape::nested)
                    .ifPresent(type -> flaw(expr, "lists may hold plain values of one type only, not lists or maps"));
        }
    }

    private void keyed(CelNavigableExpr node, String map) {
        Optional<String> key = node.parent().flatMap(parent -> keyOf(parent.expr(), node.expr()));
        if (key.isEmpty()) {
            flaw(
                    node.expr(),
                    map + " must be followed by a name that is written out, as in " + map + ".name or " + map
                            + ".?name");
            return;
        }
        switch (map) {
            case "user", "multi" -> attributes.add(key.get());
            case "variables" -> variables.add(key.get());
            default -> {}
        }
    }

    private static Optional<String> keyOf(CelExpr parent, CelExpr map) {
        if (parent.getKind() == Kind.SELECT) {
            return Optional.of(parent.select().field());
        }
        if (parent.getKind() == Kind.CALL
                && Set.of("_[_]", "_[?_]", "_?._").contains(parent.call().function())
                && parent.call().args().get(0).id() == map.id()) {
            return literal(parent.call().args().get(1));
        }
        return Optional.empty();
    }

    private static Optional<String> literal(CelExpr expr) {
        if (expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            return Optional.of(expr.constant().stringValue());
        }
        return Optional.empty();
    }

    private static boolean nested(CelType type) {
        if (type.kind() == CelKind.LIST) {
            return type.parameters().stream()
                    .anyMatch(element -> element.kind() == CelKind.LIST
                            || element.kind() == CelKind.MAP
                            || element.kind() == CelKind.OPAQUE);
        }
        return type.kind() == CelKind.OPAQUE && type.parameters().stream().anyMatch(Shape::nested);
    }

    private void flaw(CelExpr expr, String message) {
        flaws.add(new Flaw(expr.id(), message));
    }
}
