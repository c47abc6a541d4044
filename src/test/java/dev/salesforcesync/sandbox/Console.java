package dev.salesforcesync.sandbox;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.sandbox.SandboxOptions.Part;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/** What the sandbox says to the person who started it. */
final class Console {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out = System.out;

    void line(String text) {
        out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + text);
    }

    void begin(SandboxWorld world, SandboxOptions options) {
        out.println();
        tellSalesforce(world);
        tellDirectory(world);
        if (options.users() > 0) {
            line("  with " + options.users() + " generated people");
        }
        tellKubernetes(world);
        line("applying " + Samples.FOLDER + " …");
    }

    void tellAlone(Part part, SandboxWorld world) {
        out.println();
        switch (part) {
            case SALESFORCE -> {
                tellSalesforce(world);
                var org = world.salesforce().org().settings();
                line("  try: curl -s -d grant_type=client_credentials -d client_id=" + org.clientId()
                        + " -d client_secret=" + org.clientSecret() + " "
                        + world.salesforce().baseUrl()
                        + "/services/oauth2/token");
            }
            case DIRECTORY -> tellDirectory(world);
            case KUBERNETES -> tellKubernetes(world);
        }
        line("the same in target/sandbox/endpoints.json; Ctrl-C ends it");
    }

    private void tellSalesforce(SandboxWorld world) {
        var org = world.salesforce().org().settings();
        line("Salesforce org   " + world.salesforce().baseUrl());
        line("  client id " + org.clientId() + ", client secret " + org.clientSecret());
    }

    private void tellDirectory(SandboxWorld world) {
        line("directory        " + world.directory().ldapsUrl() + ", StartTLS on "
                + world.directory().ldapUrl());
        line("  reading account " + world.directory().bindDn() + ", password "
                + world.directory().password());
        line("  administrator " + world.directory().adminDn() + ", password "
                + world.directory().adminPassword());
        line("  CA certificate in " + world.caFile());
    }

    private void tellKubernetes(SandboxWorld world) {
        line("Kubernetes API   export KUBECONFIG=" + world.kubeconfig() + " (no credentials)");
    }

    void table(KubernetesClient client, String namespace) {
        out.println();
        client.resources(SalesforceConnection.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(connection -> conditions(
                        "SalesforceConnection/" + connection.getMetadata().getName(),
                        connection.getStatus() == null
                                ? List.of()
                                : connection.getStatus().conditions()));
        for (SyncPolicy policy :
                client.resources(SyncPolicy.class).inNamespace(namespace).list().getItems()) {
            if (policy.getStatus() != null) {
                conditions(
                        "SyncPolicy/" + policy.getMetadata().getName(),
                        policy.getStatus().conditions());
                policy.getStatus()
                        .findUsers()
                        .ifPresent(users -> out.printf(
                                "  in scope %d · linked %d · pending %d · failing %d · ambiguous %d · orphaned %d%n",
                                users.findInScope().orElse(0),
                                users.findLinked().orElse(0),
                                users.findPending().orElse(0),
                                users.findFailing().orElse(0),
                                users.findAmbiguous().orElse(0),
                                users.findOrphaned().orElse(0)));
                policy.getStatus()
                        .failures()
                        .forEach(failure -> out.printf(
                                "  %s: %d people, for instance %s%n",
                                failure.code(),
                                failure.findCount().orElse(0),
                                failure.sample().stream().limit(2).toList()));
            }
        }
        out.println();
    }

    private void conditions(String resource, List<Condition> conditions) {
        out.println(resource);
        for (Condition condition : conditions) {
            out.printf(
                    "  %-25s %-8s %-24s %s%n",
                    condition.getType(), condition.getStatus(), condition.getReason(), condition.getMessage());
        }
    }

    private void tellPasswords(SandboxWorld world) {
        String password = "Stargazing-1842";
        String quoted =
                Base64.getEncoder().encodeToString(("\"" + password + "\"").getBytes(StandardCharsets.UTF_16LE));
        out.println("  # give her another password, and log in to the org with it");
        out.println("  LDAPTLS_CACERT=" + world.caFile() + " ldapmodify -H "
                + world.directory().ldapsUrl().replace("localhost", "127.0.0.1") + " -D '"
                + world.directory().adminDn() + "' -w '"
                + world.directory().adminPassword() + "' <<'END'");
        out.println("  dn: " + Rehearsal.SOMEBODY);
        out.println("  changetype: modify");
        out.println("  replace: unicodePwd");
        out.println("  unicodePwd:: " + quoted);
        out.println("  END");
        out.println("  curl -s " + world.salesforce().soapUrl("64.0")
                + " -H 'Content-Type: text/xml' -H 'SOAPAction: login' -d '<env:Envelope "
                + "xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Body><login "
                + "xmlns=\"urn:partner.soap.sforce.com\"><username>psmith@corp.example.com</username><password>"
                + password
                + "</password></login></env:Body></env:Envelope>' | grep -o '<userFullName>[^<]*'");
        out.println();
    }

    void tellHowToPlay(SandboxWorld world, int operatorPort) {
        String kubectl = "kubectl --kubeconfig " + world.kubeconfig();
        out.println("Play:");
        out.println("  " + kubectl + " get salesforceconnections,syncpolicies -A");
        out.println("  " + kubectl + " describe syncpolicy people");
        out.println("  curl -s http://127.0.0.1:" + operatorPort + "/metrics | grep ^salesforcesync");
        out.println();
        out.println("  # move somebody to another department and see it arrive within seconds (needs ldap-utils)");
        out.println("  LDAPTLS_CACERT=" + world.caFile() + " ldapmodify -H "
                + world.directory().ldapsUrl().replace("localhost", "127.0.0.1") + " -D '"
                + world.directory().adminDn() + "' -w '"
                + world.directory().adminPassword() + "' <<'END'");
        out.println("  dn: " + Rehearsal.SOMEBODY);
        out.println("  changetype: modify");
        out.println("  replace: department");
        out.println("  department: Stargazing");
        out.println("  END");
        out.println("  curl -s " + world.salesforce().baseUrl() + "/sandbox/journal | tail -5");
        out.println();
        tellPasswords(world);
    }

    /** How an agent of one's own hands a password over, and the end of what is told. */
    void tellPasswordDoor(SandboxWorld world, int port) {
        out.println("  # hand a password over as an agent on a domain controller does");
        out.println("  curl -s --cacert " + world.caFile() + " -H 'Authorization: Bearer "
                + "sandbox-token-that-protects-nothing-at-all' -d '{\"userPrincipalName\":\"psmith@corp.example.com\","
                + "\"password\":\"Moongazing-1843\"}' https://localhost:" + port
                + "/v1/policies/default/people/passwords");
        out.println();
        out.println("  every address and credential: target/sandbox/endpoints.json");
        out.println("  Ctrl-C ends it.");
        out.println();
    }
}
