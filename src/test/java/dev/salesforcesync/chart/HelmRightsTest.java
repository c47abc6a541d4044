package dev.salesforcesync.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rights the chart gives, as exact lists: more is as wrong as less. */
class HelmRightsTest {

    private static final List<PolicyRule> WATCHED = List.of(
            rule(
                    "salesforcesync.dev",
                    List.of("salesforceconnections", "syncpolicies", "licenseschedules"),
                    List.of("get", "list", "watch")),
            rule(
                    "salesforcesync.dev",
                    List.of("salesforceconnections/status", "syncpolicies/status", "licenseschedules/status"),
                    List.of("get", "update", "patch")),
            rule("", List.of("secrets"), List.of("get", "list", "watch")),
            rule("", List.of("events"), List.of("get", "create", "patch")),
            rule("", List.of("configmaps"), List.of("get", "create", "update", "delete")));

    private static final List<PolicyRule> OWN = List.of(
            rule("", List.of("configmaps"), List.of("get", "list", "create", "update", "patch", "delete")),
            rule("coordination.k8s.io", List.of("leases"), List.of("get", "create", "update", "patch")));

    @Test
    void areThoseOfOneNamespaceByDefault() {
        RenderedChart chart = RenderedChart.with("");

        assertThat(chart.all(ClusterRole.class)).isEmpty();
        assertThat(chart.all(ClusterRoleBinding.class)).isEmpty();
        assertThat(chart.all(Role.class))
                .allSatisfy(
                        role -> assertThat(role.getMetadata().getNamespace()).isEqualTo("sync"));
        assertThat(rulesOf(chart, "watch", "sync")).isEqualTo(WATCHED);
        assertThat(rulesOf(chart, "own", "sync")).isEqualTo(OWN);
    }

    @Test
    void areARoleInEachWatchedNamespaceAndTheMemoryInItsOwn() {
        RenderedChart chart = RenderedChart.with("watchNamespaces: [one, two]");

        assertThat(chart.all(ClusterRole.class)).isEmpty();
        assertThat(chart.all(Role.class)).hasSize(3);
        assertThat(rulesOf(chart, "watch", "one")).isEqualTo(WATCHED);
        assertThat(rulesOf(chart, "watch", "two")).isEqualTo(WATCHED);
        assertThat(rulesOf(chart, "own", "sync")).isEqualTo(OWN);
    }

    @Test
    void reachAllNamespacesOnlyWhenAsked() {
        RenderedChart chart = RenderedChart.with("watchNamespaces: [\"*\"]");

        assertThat(chart.one(ClusterRole.class).getRules()).isEqualTo(WATCHED);
        assertThat(chart.one(ClusterRoleBinding.class).getRoleRef().getName())
                .isEqualTo(chart.one(ClusterRole.class).getMetadata().getName());
        assertThat(chart.one(Role.class).getRules()).isEqualTo(OWN);
        assertThat(chart.one(ClusterRoleBinding.class).getSubjects()).containsExactly(operator());
    }

    @Test
    void writeSecretsInItsOwnNamespaceOnlyWherePasswordsAreTakenIn() {
        RenderedChart chart = RenderedChart.with("{watchNamespaces: [one], passwords: {ldaps: {enabled: true}}}");

        List<PolicyRule> more = new ArrayList<>(OWN);
        more.add(rule("", List.of("secrets"), List.of("get", "list", "watch", "create", "update", "delete")));
        assertThat(rulesOf(chart, "own", "sync")).isEqualTo(more);
        assertThat(rulesOf(chart, "watch", "one")).isEqualTo(WATCHED);
    }

    @Test
    void areBoundToTheOperatorsServiceAccountOnly() {
        RenderedChart chart = RenderedChart.with("watchNamespaces: [one]");

        assertThat(chart.all(RoleBinding.class))
                .hasSize(2)
                .allSatisfy(binding -> assertThat(binding.getSubjects()).containsExactly(operator()))
                .allSatisfy(binding -> assertThat(chart.all(Role.class)).anySatisfy(role -> {
                    assertThat(role.getMetadata().getName())
                            .isEqualTo(binding.getRoleRef().getName());
                    assertThat(role.getMetadata().getNamespace())
                            .isEqualTo(binding.getMetadata().getNamespace());
                }));
    }

    @Test
    void ofPeopleAreWidenedOnlyWhenAsked() {
        RenderedChart chart = RenderedChart.with("rbac: {aggregateToDefaultRoles: true}");

        assertThat(chart.all(ClusterRole.class))
                .extracting(role -> role.getMetadata().getLabels().get("rbac.authorization.k8s.io/aggregate-to-view"))
                .containsExactlyInAnyOrder("true", null);
        assertThat(chart.all(ClusterRole.class))
                .flatExtracting(ClusterRole::getRules)
                .flatExtracting(PolicyRule::getApiGroups)
                .containsOnly("salesforcesync.dev");
    }

    @Test
    void canBeGivenBySomebodyElse() {
        RenderedChart chart = RenderedChart.with("rbac: {create: false}");

        assertThat(chart.all(Role.class)).isEmpty();
        assertThat(chart.all(RoleBinding.class)).isEmpty();
    }

    private static List<PolicyRule> rulesOf(RenderedChart chart, String suffix, String namespace) {
        return chart.all(Role.class).stream()
                .filter(role -> role.getMetadata().getNamespace().equals(namespace))
                .filter(role -> role.getMetadata().getName().endsWith("-" + suffix))
                .flatMap(role -> role.getRules().stream())
                .toList();
    }

    private static Subject operator() {
        return new Subject(null, "ServiceAccount", "rel-salesforce-sync-operator", "sync");
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
