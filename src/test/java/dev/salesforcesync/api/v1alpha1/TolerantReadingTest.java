package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource that cannot be read stops the informer, so everything a newer or laxer API server may hold is read. */
class TolerantReadingTest {

    @ParameterizedTest
    @ValueSource(strings = {"SalesforceConnection", "SyncPolicy", "LicenseSchedule"})
    void aResourceThatSaysNothingIsReadWithDefaults(String kind) {
        for (String rest : List.of("", "spec:", "spec: {}", "spec: null\nstatus: {}")) {
            CustomResource<?, ?> read = read(kind, rest);
            assertThat(read.getSpec()).as(rest).isNotNull();
        }
    }

    @Test
    void aNewResourceHasEveryDefaultAndNoStatus() {
        SyncPolicy policy = new SyncPolicy();

        assertThat(policy.getStatus()).isNull();
        assertThat(policy.getSpec().mode()).isEqualTo(Mode.PREVIEW);
        assertThat(policy.getSpec().safety().limits().deactivate()).isEqualTo(new Limit(5, 50));
        assertThat(policy.getSpec().lifecycle().whenDisabled()).isEqualTo(LifecycleSpec.Leaving.FREEZE_THEN_DEACTIVATE);
    }

    @Test
    void aChoiceOfANewerVersionIsReadAsUnrecognizedAndFound() {
        SyncPolicySpec spec = policy("""
                spec:
                  mode: Simulate
                  lifecycle: {whenBack: AskManager}
                  attributes: [{field: Alias, expression: a}, {field: LastName, expression: b, apply: Sometimes}]
                """);

        assertThat(spec.mode()).isEqualTo(Mode.UNRECOGNIZED);
        assertThat(spec.attributes().get(0).apply()).isEqualTo(AttributeRule.Apply.ALWAYS);
        assertThat(Unrecognized.in(spec))
                .containsExactly("spec.mode", "spec.attributes[1].apply", "spec.lifecycle.whenBack");
    }

    @Test
    void aSpecThatIsUnderstoodHasNothingUnrecognized() {
        for (KindSample sample : KindSample.valid()) {
            CustomResource<?, ?> read = CrdManifests.read(sample.resource());
            assertThat(Unrecognized.in((Record) read.getSpec()))
                    .as(sample.toString())
                    .isEmpty();
        }
    }

    @Test
    void fieldsOfANewerVersionAreLeftOut() {
        SyncPolicySpec spec = policy("spec: {future: {a: 1}, scope: {future: 1, where: 'true'}, mode: Enforce}");

        assertThat(spec.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(spec.scope().findWhere()).contains("true");
    }

    @Test
    void nullsInsideListsAndMapsAreLeftOut() {
        SyncPolicySpec spec = policy(
                "spec: {scope: {groups: [null, SF-Users]}, variables: {a: null, b: c}, lookups: {t: null, u: {k: v}}}");

        assertThat(spec.scope().groups()).containsExactly("SF-Users");
        assertThat(spec.variables()).containsOnlyKeys("b");
        assertThat(spec.lookups()).containsOnlyKeys("u");
    }

    @Test
    void tablesKeepTheirOrder() {
        assertThat(policy("spec: {variables: {z: '1', a: '2', m: '3'}}")
                        .variables()
                        .keySet())
                .containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @MethodSource("dev.salesforcesync.api.v1alpha1.CelRulesTest#valid")
    void whatIsWrittenBackIsValidAndMeansTheSame(KindSample sample) {
        CustomResource<?, ?> read = CrdManifests.read(sample.resource());
        var written = CrdManifests.parse(Serialization.asYaml(read));

        assertThat(new KindSample(sample.file(), written, written, List.of()).errors(KindSample.schemas()))
                .isEmpty();
        CustomResource<?, ?> again = CrdManifests.read(written);
        assertThat(again.getSpec()).isEqualTo(read.getSpec());
    }

    private static CustomResource<?, ?> read(String kind, String rest) {
        return CrdManifests.read(CrdManifests.parse(
                "apiVersion: salesforcesync.dev/v1alpha1\nkind: " + kind + "\nmetadata: {name: a}\n" + rest));
    }

    private static SyncPolicySpec policy(String rest) {
        return ((SyncPolicy) read("SyncPolicy", rest)).getSpec();
    }
}
