package dev.salesforcesync.password.intake;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of PassSync. It takes every answer but 0 to its modify for a reason to try again for as long as its time
 * to live lasts, and 49 to its trial bind for the sign that the password is new.
 *
 * <p>What the LDAP library read stands in objects of its own until they are collected; they are not kept reachable.
 */
final class PassSyncConversation extends LDAPListenerRequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PassSyncConversation.class);
    private static final String ROOT = "passwords";
    private static final String NAME_FIELD = "ntUserDomainId";
    private static final int LONGEST_NAME = 256;

    private final Function<TargetId, Optional<AgentCredentials>> known;
    private final PasswordDesk desk;
    private final Clock clock;
    private final Pace failures;
    private final @Nullable LDAPListenerClientConnection connection;
    private Optional<TargetId> policy = Optional.empty();

    PassSyncConversation(
            Function<TargetId, Optional<AgentCredentials>> known, PasswordDesk desk, Clock clock, Pace failures) {
        this(known, desk, clock, failures, null);
    }

    private PassSyncConversation(
            Function<TargetId, Optional<AgentCredentials>> known,
            PasswordDesk desk,
            Clock clock,
            Pace failures,
            @Nullable LDAPListenerClientConnection connection) {
        this.known = known;
        this.desk = desk;
        this.clock = clock;
        this.failures = failures;
        this.connection = connection;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection client) {
        return new PassSyncConversation(known, desk, clock, failures, client);
    }

    /** The same answer to everybody who is not the service: a wrong password, an unknown policy, a trial. */
    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        policy = Optional.empty();
        ASN1OctetString password = request.getSimplePassword();
        Optional<TargetId> asked = target(request.getBindDN());
        if (asked.isPresent()
                && request.getCredentialsType() == BindRequestProtocolOp.CRED_TYPE_SIMPLE
                && password != null
                && fits(asked.get(), password.getValue())) {
            policy = asked;
        }
        ResultCode code = policy.isPresent() ? ResultCode.SUCCESS : ResultCode.INVALID_CREDENTIALS;
        return new LDAPMessage(id, new BindResponseProtocolOp(code.intValue(), null, null, null, null));
    }

    private boolean fits(TargetId asked, byte[] password) {
        String from = from();
        if (failures.isOver(from)) {
            return false;
        }
        boolean fits = Secrets.isAnyOf(
                password, known.apply(asked).map(AgentCredentials::passSync).orElse(List.of()));
        if (!fits) {
            failures.allows(from);
        }
        return fits;
    }

    private String from() {
        return connection == null ? "" : connection.getSocket().getInetAddress().getHostAddress();
    }

    /** Of {@code cn=NAME,ou=NAMESPACE,cn=passwords}. */
    private static Optional<TargetId> target(String dn) {
        try {
            RDN[] parts = new DN(dn).getRDNs();
            return parts.length == 3
                            && is(parts[0], "cn")
                            && is(parts[1], "ou")
                            && is(parts[2], "cn")
                            && parts[2].getAttributeValues()[0].equalsIgnoreCase(ROOT)
                    ? Optional.of(new TargetId(parts[1].getAttributeValues()[0], parts[0].getAttributeValues()[0]))
                    : Optional.empty();
        } catch (LDAPException noName) {
            return Optional.empty();
        }
    }

    private static boolean is(RDN part, String name) {
        return !part.isMultiValued() && part.getAttributeNames()[0].equalsIgnoreCase(name);
    }

    /** Answers one entry for whatever name: whether he is meant is decided when his password comes. */
    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        if (policy.isEmpty()) {
            return done(id, ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }
        Filter filter = request.getFilter();
        String name = filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY ? filter.getAssertionValue() : "";
        if (name == null || name.isEmpty() || name.length() > LONGEST_NAME || connection == null) {
            return done(id, ResultCode.UNWILLING_TO_PERFORM);
        }
        try {
            DN found = new DN(new RDN(NAME_FIELD, name), new DN(request.getBaseDN()));
            connection.sendSearchResultEntry(
                    id,
                    new SearchResultEntryProtocolOp(
                            new Entry(found, new Attribute("objectClass", "ntUser"), new Attribute(NAME_FIELD, name))));
            return done(id, ResultCode.SUCCESS);
        } catch (LDAPException unusable) {
            return done(id, ResultCode.UNWILLING_TO_PERFORM);
        }
    }

    private static LDAPMessage done(int id, ResultCode code) {
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(code.intValue(), null, null, null));
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        ResultCode code;
        if (policy.isEmpty()) {
            code = ResultCode.INSUFFICIENT_ACCESS_RIGHTS;
        } else {
            code = change(request).map(change -> hand(policy.get(), change)).orElse(ResultCode.UNWILLING_TO_PERFORM);
        }
        return new LDAPMessage(id, new ModifyResponseProtocolOp(code.intValue(), null, null, null));
    }

    private Optional<PasswordChange> change(ModifyRequestProtocolOp request) {
        Optional<String> name = name(request.getDN());
        List<Modification> modifications = request.getModifications();
        if (name.isEmpty() || modifications.size() != 1) {
            return Optional.empty();
        }
        Modification only = modifications.get(0);
        ASN1OctetString[] values = only.getRawValues();
        if (!only.getModificationType().equals(ModificationType.REPLACE)
                || !only.getAttributeName().equalsIgnoreCase("userPassword")
                || values.length != 1
                || values[0].getValueLength() == 0
                || values[0].getValueLength() > Messages.LONGEST_PASSWORD) {
            return Optional.empty();
        }
        return Optional.of(new PasswordChange(
                new Whom.ByAccountName(name.get()),
                values[0].getValue().clone(),
                Optional.empty(),
                OptionalLong.empty(),
                clock.instant(),
                Agent.PASSSYNC));
    }

    private static Optional<String> name(String dn) {
        try {
            RDN first = new DN(dn).getRDN();
            return first != null && is(first, NAME_FIELD)
                    ? Optional.of(first.getAttributeValues()[0]).filter(name -> name.length() <= LONGEST_NAME)
                    : Optional.empty();
        } catch (LDAPException noName) {
            return Optional.empty();
        }
    }

    private ResultCode hand(TargetId to, PasswordChange change) {
        try {
            Receipt receipt = desk.hand(to, change);
            if (receipt instanceof Receipt.Busy) {
                return ResultCode.BUSY;
            }
            return receipt instanceof Receipt.Refused ? ResultCode.UNWILLING_TO_PERFORM : ResultCode.SUCCESS;
        } catch (RuntimeException bug) {
            // Its message could hold what was sent.
            LOG.error("a password could not be taken in: {}", bug.getClass().getName());
            return ResultCode.BUSY;
        } finally {
            change.close();
        }
    }

    private static int unwilling() {
        return ResultCode.UNWILLING_TO_PERFORM.intValue();
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new AddResponseProtocolOp(unwilling(), null, null, null));
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new CompareResponseProtocolOp(unwilling(), null, null, null));
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new DeleteResponseProtocolOp(unwilling(), null, null, null));
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new ExtendedResponseProtocolOp(unwilling(), null, null, null, null, null));
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new ModifyDNResponseProtocolOp(unwilling(), null, null, null));
    }
}
