package dev.salesforcesync.policy.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.Set;

/** The allow-list: every function that an expression may call. */
final class Functions {
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType WHOLE = SimpleType.INT;
    private static final CelType TRUTH = SimpleType.BOOL;
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final TypeParamType ANY = TypeParamType.create("T");
    private static final CelType LIST = ListType.create(ANY);

    /** What {@code ref()} results in. */
    static final CelType REFERENCE = OpaqueType.create("reference");

    /** Standard functions whose cost does not grow with a text or a list, or is counted where the value came from. */
    private static final Set<StandardFunction> STANDARD = Set.of(
            StandardFunction.IN,
            StandardFunction.NOT_STRICTLY_FALSE,
            StandardFunction.CONDITIONAL,
            StandardFunction.LOGICAL_NOT,
            StandardFunction.LOGICAL_OR,
            StandardFunction.LOGICAL_AND,
            StandardFunction.EQUALS,
            StandardFunction.NOT_EQUALS,
            StandardFunction.ADD,
            StandardFunction.SUBTRACT,
            StandardFunction.MULTIPLY,
            StandardFunction.DIVIDE,
            StandardFunction.MODULO,
            StandardFunction.NEGATE,
            StandardFunction.INDEX,
            StandardFunction.SIZE,
            StandardFunction.INT,
            StandardFunction.STRING,
            StandardFunction.BOOL,
            StandardFunction.DURATION,
            StandardFunction.TIMESTAMP,
            StandardFunction.GET_FULL_YEAR,
            StandardFunction.GET_MONTH,
            StandardFunction.GET_DAY_OF_YEAR,
            StandardFunction.GET_DAY_OF_MONTH,
            StandardFunction.GET_DATE,
            StandardFunction.GET_DAY_OF_WEEK,
            StandardFunction.GET_HOURS,
            StandardFunction.GET_MINUTES,
            StandardFunction.LESS,
            StandardFunction.LESS_EQUALS,
            StandardFunction.GREATER,
            StandardFunction.GREATER_EQUALS);

    /** Overloads replaced by bounded ones of our own, or not wanted. */
    private static final Set<String> REPLACED = Set.of(
            "add_string",
            "add_list",
            "add_bytes",
            "size_string",
            "string_size",
            "size_bytes",
            "bytes_size",
            "bytes_to_string");

    private Functions() {}

    static CelStandardDeclarations standard() {
        return CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) -> STANDARD.contains(function)
                        && !REPLACED.contains(overload.celOverloadDecl().overloadId()))
                .build();
    }

    static List<CelFunctionDecl> declarations() {
        return List.of(
                function(
                        "_+_",
                        newGlobalOverload("bounded_add_string", TEXT, TEXT, TEXT),
                        newGlobalOverload("bounded_add_list", LIST, LIST, LIST)),
                function(
                        "size",
                        newGlobalOverload("bounded_size_string", WHOLE, TEXT),
                        newMemberOverload("bounded_string_size", WHOLE, TEXT)),
                function("contains", newMemberOverload("bounded_contains", TRUTH, TEXT, TEXT)),
                function("startsWith", newMemberOverload("bounded_starts_with", TRUTH, TEXT, TEXT)),
                function("endsWith", newMemberOverload("bounded_ends_with", TRUTH, TEXT, TEXT)),
                function("matches", newMemberOverload("bounded_matches", TRUTH, TEXT, TEXT)),
                function("replace", newMemberOverload("bounded_replace", TEXT, TEXT, TEXT, TEXT)),
                function("split", newMemberOverload("bounded_split", TEXTS, TEXT, TEXT)),
                function("join", newMemberOverload("bounded_join", TEXT, TEXTS, TEXT)),
                function("trim", newMemberOverload("bounded_trim", TEXT, TEXT)),
                function("charAt", newMemberOverload("bounded_char_at", TEXT, TEXT, WHOLE)),
                function("indexOf", newMemberOverload("bounded_index_of", WHOLE, TEXT, TEXT)),
                function("lastIndexOf", newMemberOverload("bounded_last_index_of", WHOLE, TEXT, TEXT)),
                function(
                        "substring",
                        newMemberOverload("bounded_substring", TEXT, TEXT, WHOLE),
                        newMemberOverload("bounded_substring_range", TEXT, TEXT, WHOLE, WHOLE)),
                function("lower", newMemberOverload("bounded_lower", TEXT, TEXT)),
                function("upper", newMemberOverload("bounded_upper", TEXT, TEXT)),
                function("lowerAscii", newMemberOverload("bounded_lower_ascii", TEXT, TEXT)),
                function("upperAscii", newMemberOverload("bounded_upper_ascii", TEXT, TEXT)),
                function("title", newMemberOverload("bounded_title", TEXT, TEXT)),
                function("left", newMemberOverload("bounded_left", TEXT, TEXT, WHOLE)),
                function("foldDiacritics", newMemberOverload("bounded_fold_diacritics", TEXT, TEXT)),
                function("rdn", newMemberOverload("bounded_rdn", TEXT, TEXT)),
                function("rdnValue", newMemberOverload("bounded_rdn_value", TEXT, TEXT)),
                function("parent", newMemberOverload("bounded_parent", TEXT, TEXT)),
                function("under", newMemberOverload("bounded_under", TRUTH, TEXT, TEXT)),
                function("fileTime", newGlobalOverload("file_time", TEXT, TEXT)),
                function("ref", newGlobalOverload("reference_to", REFERENCE, TEXT)),
                function("inGroup", newGlobalOverload("in_group", TRUTH, TEXTS, TEXT)),
                function("skip", newGlobalOverload("skip_field", ANY)));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from("bounded_add_string", String.class, String.class, Texts::add),
                CelFunctionBinding.from("bounded_add_list", List.class, List.class, Texts::addLists),
                CelFunctionBinding.from("bounded_size_string", String.class, Texts::size),
                CelFunctionBinding.from("bounded_string_size", String.class, Texts::size),
                CelFunctionBinding.from("bounded_contains", String.class, String.class, Texts::contains),
                CelFunctionBinding.from("bounded_starts_with", String.class, String.class, Texts::startsWith),
                CelFunctionBinding.from("bounded_ends_with", String.class, String.class, Texts::endsWith),
                CelFunctionBinding.from("bounded_matches", String.class, String.class, Texts::matches),
                CelFunctionBinding.from(
                        "bounded_replace",
                        List.of(String.class, String.class, String.class),
                        args -> Texts.replace((String) args[0], (String) args[1], (String) args[2])),
                CelFunctionBinding.from("bounded_split", String.class, String.class, Texts::split),
                CelFunctionBinding.from("bounded_join", List.class, String.class, Texts::join),
                CelFunctionBinding.from("bounded_trim", String.class, Texts::trim),
                CelFunctionBinding.from("bounded_char_at", String.class, Long.class, Texts::charAt),
                CelFunctionBinding.from("bounded_index_of", String.class, String.class, Texts::indexOf),
                CelFunctionBinding.from("bounded_last_index_of", String.class, String.class, Texts::lastIndexOf),
                CelFunctionBinding.from("bounded_substring", String.class, Long.class, Texts::substring),
                CelFunctionBinding.from(
                        "bounded_substring_range",
                        List.of(String.class, Long.class, Long.class),
                        args -> Texts.substring((String) args[0], (Long) args[1], (Long) args[2])),
                CelFunctionBinding.from("bounded_lower", String.class, Letters::lower),
                CelFunctionBinding.from("bounded_upper", String.class, Letters::upper),
                CelFunctionBinding.from("bounded_lower_ascii", String.class, Letters::lowerAscii),
                CelFunctionBinding.from("bounded_upper_ascii", String.class, Letters::upperAscii),
                CelFunctionBinding.from("bounded_title", String.class, Letters::title),
                CelFunctionBinding.from("bounded_left", String.class, Long.class, Letters::left),
                CelFunctionBinding.from("bounded_fold_diacritics", String.class, Letters::foldDiacritics),
                CelFunctionBinding.from("bounded_rdn", String.class, Places::rdn),
                CelFunctionBinding.from("bounded_rdn_value", String.class, Places::rdnValue),
                CelFunctionBinding.from("bounded_parent", String.class, Places::parent),
                CelFunctionBinding.from("bounded_under", String.class, String.class, Places::under),
                CelFunctionBinding.from("file_time", String.class, Places::fileTime),
                CelFunctionBinding.from("reference_to", String.class, Reference::new),
                CelFunctionBinding.from("in_group", List.class, String.class, Texts::inGroup),
                CelFunctionBinding.from("skip_field", List.of(), args -> {
                    throw new Allowance.Skipped();
                }));
    }

    private static CelFunctionDecl function(String name, dev.cel.common.CelOverloadDecl... overloads) {
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
    }
}
