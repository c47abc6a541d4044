package dev.salesforcesync.sandbox.salesforce;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import java.util.Map;

/** Salesforce's own Java client, signed in to the org of a test. */
final class SoapClient {
    private SoapClient() {}

    static PartnerConnection signedIn(SalesforceOrgServer server) throws ConnectionException {
        return with(server, "65.0", new RestClient(server).token());
    }

    static PartnerConnection with(SalesforceOrgServer server, String version, String sessionId)
            throws ConnectionException {
        var config = new ConnectorConfig();
        config.setManualLogin(true);
        config.setSessionId(sessionId);
        config.setServiceEndpoint(server.soapUrl(version));
        config.setAuthEndpoint(server.soapUrl(version));
        config.setConnectionTimeout(5_000);
        config.setReadTimeout(10_000);
        // Without it the JDK's transport sends a POST twice when the connection ends without an answer.
        config.setUseChunkedPost(true);
        return new PartnerConnection(config);
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
}
