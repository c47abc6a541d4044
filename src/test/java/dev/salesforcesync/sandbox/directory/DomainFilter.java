package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A search filter as Active Directory evaluates it: links and back links, bit rules, the in-chain rule and class
 * names for {@code objectCategory} (MS-ADTS 3.1.1.3.1.3).
 */
final class DomainFilter {
    private static final String BIT_AND = "1.2.840.113556.1.4.803";
    private static final String BIT_OR = "1.2.840.113556.1.4.804";
    private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

    /** Constructed attributes never match (MS-ADTS 3.1.1.4.5). */
    private static final Set<String> CONSTRUCTED =
            Set.of("msds-user-account-control-computed", "msds-userpasswordexpirytimecomputed");

    private final Domain domain;
    private final Predicate<Node> predicate;
    private final Optional<Collection<Node>> candidates;

    /** Prepares a filter for the present state of the domain; use it once, under the domain's monitor. */
    DomainFilter(Domain domain, Filter filter) throws LDAPException {
        this.domain = domain;
        this.predicate = compile(filter);
        this.candidates = indexed(filter);
    }

    boolean matches(Node node) {
        return predicate.test(node);
    }

    /** Every object that can match, when an index knows; empty when all must be looked at. */
    Optional<Collection<Node>> candidates() {
        return candidates;
    }

    private Predicate<Node> compile(Filter filter) throws LDAPException {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> {
                List<Predicate<Node>> parts = compileAll(filter);
                return node -> parts.stream().allMatch(part -> part.test(node));
            }
            case Filter.FILTER_TYPE_OR -> {
                List<Predicate<Node>> parts = compileAll(filter);
                return node -> parts.stream().anyMatch(part -> part.test(node));
            }
            case Filter.FILTER_TYPE_NOT -> {
                return compile(filter.getNOTComponent()).negate();
            }
            case Filter.FILTER_TYPE_EXTENSIBLE_MATCH -> {
                return extensible(filter);
            }
            default -> {
                return leaf(filter);
            }
        }
    }

    private List<Predicate<Node>> compileAll(Filter filter) throws LDAPException {
        List<Predicate<Node>> parts = new ArrayList<>();
        for (Filter part : filter.getComponents()) {
            parts.add(compile(part));
        }
        return parts;
    }

    private Predicate<Node> leaf(Filter filter) throws LDAPException {
        String name = filter.getAttributeName().toLowerCase(Locale.ROOT);
        if (AdSchema.attribute(name).isEmpty() || CONSTRUCTED.contains(name)) {
            return node -> false;
        }
        boolean equality = filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY;
        Optional<Links> links = domain.links(name);
        if (links.isPresent()) {
            boolean back = isBackLink(name);
            if (equality) {
                Set<ObjectGuid> hits = linked(filter.getAssertionValue(), links.get(), !back);
                return node -> hits.contains(node.guid);
            }
            return node -> !(back ? links.get().sources(node.guid) : links.get().targets(node.guid)).isEmpty();
        }
        if (name.equals("distinguishedname") && equality) {
            Optional<Node> target = domain.find(filter.getAssertionValue());
            return node -> target.filter(one -> one.guid.equals(node.guid)).isPresent();
        }
        if (name.equals("objectcategory")
                && equality
                && !filter.getAssertionValue().contains("=")) {
            Optional<String> category = AdSchema.categoryOf(filter.getAssertionValue());
            if (category.isEmpty()) {
                return node -> false;
            }
            Filter byDn = Filter.createEqualityFilter(
                    "objectCategory", "CN=" + category.get() + ",CN=Schema," + domain.configuration());
            return sdk(byDn);
        }
        if (filter.getFilterType() == Filter.FILTER_TYPE_PRESENCE && name.equals("distinguishedname")) {
            return node -> true;
        }
        return sdk(filter);
    }

    private Predicate<Node> sdk(Filter filter) {
        return node -> {
            try {
                return filter.matchesEntry(node.entry, domain.schema);
            } catch (LDAPException e) {
                return false;
            }
        };
    }

    private Predicate<Node> extensible(Filter filter) throws LDAPException {
        String name = filter.getAttributeName();
        String rule = filter.getMatchingRuleID();
        if (name == null || rule == null) {
            throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING, "00000057: matching rule not supported");
        }
        if (rule.equals(IN_CHAIN)) {
            Links links = domain.links(name)
                    .orElseThrow(() -> new LDAPException(
                            ResultCode.INAPPROPRIATE_MATCHING, "00000057: the in-chain rule wants a link"));
            Optional<Node> target = domain.find(filter.getAssertionValue());
            if (target.isEmpty()) {
                return node -> false;
            }
            Set<ObjectGuid> hits =
                    isBackLink(name) ? links.reachable(target.get().guid) : links.reaching(target.get().guid);
            return node -> hits.contains(node.guid);
        }
        if (!rule.equals(BIT_AND) && !rule.equals(BIT_OR)) {
            throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING, "00000057: matching rule not supported");
        }
        long mask;
        try {
            mask = Long.parseLong(filter.getAssertionValue());
        } catch (NumberFormatException e) {
            return node -> false;
        }
        return node -> {
            Long value = node.entry.getAttributeValueAsLong(name);
            if (value == null) {
                return false;
            }
            return rule.equals(BIT_AND) ? (value & mask) == mask : (value & mask) != 0;
        };
    }

    private Set<ObjectGuid> linked(String otherEnd, Links links, boolean forward) throws LDAPException {
        Optional<Node> other = domain.find(otherEnd);
        if (other.isEmpty()) {
            return Set.of();
        }
        return forward ? links.sources(other.get().guid) : links.targets(other.get().guid);
    }

    private static boolean isBackLink(String name) {
        return Domain.LINKED.values().stream().anyMatch(name::equalsIgnoreCase);
    }

    private Optional<Collection<Node>> indexed(Filter filter) throws LDAPException {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> {
                Optional<Collection<Node>> best = Optional.empty();
                for (Filter part : filter.getComponents()) {
                    Optional<Collection<Node>> one = indexed(part);
                    if (one.isPresent()
                            && (best.isEmpty() || one.get().size() < best.get().size())) {
                        best = one;
                    }
                }
                return best;
            }
            case Filter.FILTER_TYPE_OR -> {
                Set<Node> union = new LinkedHashSet<>();
                for (Filter part : filter.getComponents()) {
                    Optional<Collection<Node>> one = indexed(part);
                    if (one.isEmpty()) {
                        return Optional.empty();
                    }
                    union.addAll(one.get());
                }
                return Optional.of(union);
            }
            case Filter.FILTER_TYPE_GREATER_OR_EQUAL -> {
                return filter.getAttributeName().equalsIgnoreCase("uSNChanged")
                                && filter.getAssertionValue().matches("[0-9]{1,18}")
                        ? Optional.of(List.copyOf(domain.changedFrom(Long.parseLong(filter.getAssertionValue()))))
                        : Optional.empty();
            }
            case Filter.FILTER_TYPE_EQUALITY -> {
                return indexedEquality(filter);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Optional<Collection<Node>> indexedEquality(Filter filter) throws LDAPException {
        String name = filter.getAttributeName();
        if (name.equalsIgnoreCase("objectGUID")) {
            byte[] value = filter.getAssertionValueBytes();
            return Optional.of(
                    value.length == 16
                            ? domain.of(ObjectGuid.ofBytes(value)).stream().toList()
                            : List.of());
        }
        Optional<Links> links = domain.links(name);
        if (links.isPresent()) {
            Set<ObjectGuid> hits = linked(filter.getAssertionValue(), links.get(), !isBackLink(name));
            return Optional.of(
                    hits.stream().flatMap(guid -> domain.of(guid).stream()).toList());
        }
        return Domain.isIndexed(name)
                ? Optional.of(List.copyOf(domain.withValue(name, filter.getAssertionValue())))
                : Optional.empty();
    }
}
