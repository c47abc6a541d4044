package dev.salesforcesync.salesforce;

import com.sforce.soap.partner.LimitInfo;
import com.sforce.soap.partner.LimitInfoHeader_element;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import java.util.Optional;

/**
 * One WSC connection object and what its last request came to. Used by one thread at a time: WSC shares flags and
 * headers inside a connection object, and calls from several threads damage each other's messages.
 */
final class SoapLine {
    private final String endpoint;
    private final PartnerConnection connection;
    private Optional<Delivery> delivery = Optional.empty();
    private String operation = "";
    private Urgency urgency = Urgency.CHANGE;

    SoapLine(ApiGate gate, Session session, String apiVersion) throws ConnectionException {
        endpoint = endpoint(session, apiVersion);
        ConnectorConfig config = new ConnectorConfig();
        config.setManualLogin(true);
        config.setServiceEndpoint(endpoint);
        // Its default is a test host of Salesforce's.
        config.setAuthEndpoint(endpoint);
        config.setSessionId(session.token());
        config.setTransportFactory(() -> new SoapTransport(
                call -> gate.send(call, urgency), () -> operation, done -> delivery = Optional.of(done)));
        connection = new PartnerConnection(config);
        connection.setCallOptions(SalesforceGateway.CLIENT, null);
        connection.setEmailHeader(false, false, false);
        connection.setAllOrNoneHeader(false);
    }

    static String endpoint(Session session, String apiVersion) {
        return session.instance() + "/services/Soap/u/" + apiVersion;
    }

    boolean leadsTo(String address) {
        return endpoint.equals(address);
    }

    PartnerConnection ready(String nextOperation, Urgency nextUrgency, Session session) {
        operation = nextOperation;
        urgency = nextUrgency;
        delivery = Optional.empty();
        connection.clearLimitInfoHeader();
        connection.setSessionHeader(session.token());
        return connection;
    }

    /** What became of the request; empty when WSC failed before it sent one. */
    Optional<Delivery> delivery() {
        return delivery;
    }

    /** Hands the org's API figures on, which stand in every answer's header (LimitInfoHeader). */
    void reportUsage(ApiGate gate) {
        LimitInfoHeader_element header = connection.getLimitInfoHeader();
        if (header == null || header.getLimitInfo() == null) {
            return;
        }
        for (LimitInfo info : header.getLimitInfo()) {
            if ("API REQUESTS".equals(info.getType())) {
                gate.observed(info.getCurrent(), info.getLimit());
            }
        }
    }
}
