package dev.salesforcesync.command;

import dev.salesforcesync.command.Arguments.Verb;

/** What {@code --help} says. */
final class Help {
    private static final String JAR = "java -jar salesforce-sync-operator.jar";

    private static final String FILES = """

            FILE is a YAML or JSON file with any number of documents, a directory (with everything below it), or - for the
            standard input. Documents of other kinds are ignored; Secrets are used where something refers to them.
            """;

    private static final String COMMON = """
              -n, --namespace NAME   namespace of resources that name none (default: default)
              -o, --output FORMAT    text (default) or json
              -h, --help             this text
            """;

    private static final String CLUSTER = """
                  --no-cluster       look at no cluster, even if there is a kubeconfig
            """;

    private static final String ENGINES = """
                  --policy NAME      this SyncPolicy of several
                  --operator-namespace NAME
                                     where the operator keeps its memory (default: POD_NAMESPACE, else default)
            """ + CLUSTER + """
                  --timeout TIME     give up after this time, such as 90s (default: 10m)
            """;

    private static final String READS_ONLY = """

            It signs in to the org and the directory and reads both; whatever spec.mode says, nothing is written, neither
            there nor in the cluster. Secrets and connections that are not among the files are read from the cluster of the
            usual kubeconfig, and so is the operator's memory of the org: without it, it says that it plans without.
            """;

    private Help() {}

    static String all() {
        return """
                Converges Active Directory people into Salesforce users.

                  %1$s                    starts the operator
                  %1$s validate FILE...   says what is wrong with files
                  %1$s plan FILE...       says what a SyncPolicy would do
                  %1$s explain --person WHO FILE...
                                          says why one person gets what he gets

                Each command explains itself: %1$s validate --help
                """.formatted(JAR);
    }

    static String of(Verb verb) {
        return switch (verb) {
            case VALIDATE -> validate();
            case PLAN -> plan();
            case EXPLAIN -> explain();
        };
    }

    private static String validate() {
        return "Usage: " + JAR + " validate [OPTION]... FILE...\n" + """

                Says of SalesforceConnections, SyncPolicies and LicenseSchedules what the API server and the operator would say
                of them, before they are applied. Needs no cluster, no directory and no org.
                """ + FILES + """

                      --org              ask the org, too: fields, picklists, profiles, roles, rights. It is only read
                """ + CLUSTER + COMMON + """

                One line for each problem: FILE:DOCUMENT KIND/NAME FIELD: MESSAGE
                Ends with 0 if there is none, 1 if there is one, 2 if it was called wrongly, 4 if the org can't be asked.
                """;
    }

    private static String plan() {
        return "Usage: " + JAR + " plan [OPTION]... FILE...\n" + """

                Says what the SyncPolicies of the files would do now: the report and the plan that the annotation
                salesforcesync.dev/plan answers, under its hash, its counts and what is held.
                """ + READS_ONLY + FILES + "\n" + ENGINES + COMMON
                + """

                Ends with 0 if nothing is to be done, 3 if something is, 4 if there is no plan (the reason is told), 2 if it was
                called wrongly.
                """;
    }

    private static String explain() {
        return "Usage: " + JAR + " explain --person WHO [OPTION]... FILE...\n" + """

                Says why one person gets what he gets, step by step: the answer of the annotation salesforcesync.dev/explain.
                """ + READS_ONLY + FILES + """

                      --person WHO       userPrincipalName, objectGUID or sAMAccountName
                """
                + ENGINES + COMMON + """

                Ends with 0 if the person is explained, 3 if nobody or more than one has that name, 4 if there is no answer (the
                reason is told), 2 if it was called wrongly.
                """;
    }
}
