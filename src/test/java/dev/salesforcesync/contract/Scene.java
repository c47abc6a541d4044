package dev.salesforcesync.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.sforce.soap.partner.Error;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A session in an org with one user made for this run, who takes one seat. All users made here have names that nobody
 * can guess and addresses that cannot exist; closing deactivates them. Nobody else is written to.
 */
final class Scene implements AutoCloseable {
    private static final String ORG_FACTS = "SELECT IsSandbox, OrganizationType FROM Organization";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ContractOrg org;
    private final Wire wire;
    private final PartnerConnection soap;
    private final JsonNode me;
    private final String prefix;
    private final String profileId;
    private final List<String> made = new ArrayList<>();
    private final String user;
    private int number;

    private Scene(ContractOrg org, Wire wire) throws ConnectionException {
        this.org = org;
        this.wire = wire;
        this.soap = partner(org, wire.session(), Wire.VERSION);
        String myId = soap.getUserInfo().getUserId();
        this.me = one("SELECT Id, TimeZoneSidKey, LocaleSidKey, EmailEncodingKey, LanguageLocaleKey FROM User WHERE Id"
                + " = '" + myId + "'");
        this.profileId = one("SELECT Id FROM Profile WHERE Name = '"
                        + org.profile().replace("'", "\\'") + "'")
                .path("Id")
                .asText();
        this.prefix = "contract-" + random();
        SaveResult result = create(person("specimen"));
        if (!result.isSuccess()) {
            throw new IllegalStateException("no user can be created: " + said(result));
        }
        this.user = result.getId();
    }

    /**
     * Signs in and makes the user.
     *
     * @throws IllegalStateException when the org is one where people work and nobody has allowed that
     */
    static Scene open(ContractOrg org) throws ConnectionException {
        Wire.Answer token = Wire.to(org.url()).clientCredentials(org.clientId(), org.clientSecret());
        if (token.status() != 200) {
            throw new IllegalStateException("no session: " + token.oauthRefusal());
        }
        Wire wire = Wire.to(org.url()).as(token.json().path("access_token").asText());
        requirePlayground(org, wire);
        return new Scene(org, wire);
    }

    private static void requirePlayground(ContractOrg org, Wire wire) {
        JsonNode facts = wire.query(ORG_FACTS).json().path("records").path(0);
        boolean playground = facts.path("IsSandbox").asBoolean(false)
                || facts.path("OrganizationType").asText().equals("Developer Edition");
        if (!playground && !org.productionAllowed()) {
            throw new IllegalStateException("this is a production org; set " + ContractOrg.PREFIX + "PRODUCTION="
                    + ContractOrg.YES + " to create users in it all the same");
        }
    }

    ContractOrg org() {
        return org;
    }

    Wire wire() {
        return wire;
    }

    PartnerConnection soap() {
        return soap;
    }

    /** A connection of its own, for tests that change its headers. */
    PartnerConnection anotherSoap() throws ConnectionException {
        return partner(org, wire.session(), Wire.VERSION);
    }

    /** The id of the user made for this run. */
    String user() {
        return user;
    }

    String username() {
        return one("SELECT Username FROM User WHERE Id = '" + user + "'")
                .path("Username")
                .asText();
    }

    /** The id of the integration user. */
    String me() {
        return me.path("Id").asText();
    }

    /** Begins the username of everybody made in this run. */
    String prefix() {
        return prefix;
    }

    /** A password that fits every policy, another one each time. */
    String password() {
        return "Aa1-" + random();
    }

    private static String random() {
        var bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A complete user of a name that nobody has; not created yet. */
    Map<String, Object> person(String name) {
        String unique = prefix + "-" + name + ++number;
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Username", unique + "@contract.invalid");
        fields.put("LastName", "Contract");
        fields.put("FirstName", "Test");
        fields.put("Email", unique + "@contract.invalid");
        fields.put("Alias", "contract");
        for (String key : List.of("TimeZoneSidKey", "LocaleSidKey", "EmailEncodingKey", "LanguageLocaleKey")) {
            fields.put(key, me.path(key).asText());
        }
        fields.put("ProfileId", profileId);
        return fields;
    }

    /** Creates a user over SOAP, without mail; whoever comes to be is deactivated at the end. */
    SaveResult create(Map<String, Object> fields) throws ConnectionException {
        return keep(soap.create(new SObject[] {row("User", fields)}))[0];
    }

    SaveResult[] keep(SaveResult... results) {
        Stream.of(results)
                .filter(SaveResult::isSuccess)
                .map(SaveResult::getId)
                .filter(id -> id.startsWith("005"))
                .forEach(made::add);
        return results;
    }

    /** Notes a user made in another way. */
    void made(String id) {
        made.add(id);
    }

    /** Changes the user made for this run. */
    SaveResult update(Map<String, Object> fields) throws ConnectionException {
        var row = new LinkedHashMap<String, Object>(fields);
        row.put("Id", user);
        return soap.update(new SObject[] {row("User", row)})[0];
    }

    /** The only record that a query finds. */
    JsonNode one(String soql) {
        List<JsonNode> records = wire.records(soql);
        if (records.size() != 1) {
            throw new AssertionError(records.size() + " records instead of one: " + soql);
        }
        return records.get(0);
    }

    static SObject row(String type, Map<String, ?> fields) {
        var row = new SObject(type);
        fields.forEach((name, value) -> {
            if (name.equals("Id")) {
                row.setId(value.toString());
            } else {
                row.setField(name, value);
            }
        });
        return row;
    }

    /** What a row was answered: "ok", or "CODE: text [fields]". */
    static String said(SaveResult result) {
        return result.isSuccess() ? "ok" : said(result.getErrors()[0]);
    }

    static String said(Error error) {
        return error.getStatusCode() + ": " + error.getMessage() + " " + List.of(error.getFields());
    }

    static PartnerConnection partner(ContractOrg org, String session, String version) throws ConnectionException {
        String endpoint = org.url() + "/services/Soap/u/" + version;
        var config = new ConnectorConfig();
        config.setManualLogin(true);
        config.setSessionId(session);
        config.setServiceEndpoint(endpoint);
        config.setAuthEndpoint(endpoint);
        config.setConnectionTimeout(20_000);
        config.setReadTimeout(60_000);
        // Without it the JDK's transport sends a POST twice when the connection ends without an answer.
        config.setUseChunkedPost(true);
        var connection = new PartnerConnection(config);
        connection.setEmailHeader(false, false, false);
        return connection;
    }

    /** Deactivates everybody who was made. */
    @Override
    public void close() throws ConnectionException {
        SObject[] rows = made.stream()
                .distinct()
                .map(id -> row("User", Map.of("Id", id, "IsActive", false)))
                .toArray(SObject[]::new);
        for (SaveResult result : soap.update(rows)) {
            if (!result.isSuccess()) {
                throw new IllegalStateException("a user whose username begins with " + prefix
                        + " could not be deactivated, do it by hand: " + said(Objects.requireNonNull(result)));
            }
        }
    }
}
