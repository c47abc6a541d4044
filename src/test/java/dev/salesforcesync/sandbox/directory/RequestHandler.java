package dev.salesforcesync.sandbox.directory;

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
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryFaults.Strike;
import dev.salesforcesync.sandbox.directory.DirectoryFaults.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Answers the LDAP requests of one connection. */
final class RequestHandler extends LDAPListenerRequestHandler {
    private static final String TREE_DELETE = "1.2.840.113556.1.4.805";

    private final SandboxParts parts;
    private final @Nullable LDAPListenerClientConnection connection;
    private final SearchSession searches;
    private Optional<Node> who = Optional.empty();

    RequestHandler(SandboxParts parts) {
        this(parts, null);
    }

    private RequestHandler(SandboxParts parts, @Nullable LDAPListenerClientConnection connection) {
        this.parts = parts;
        this.connection = connection;
        this.searches = new SearchSession(parts.domain(), parts.limits(), parts.faults());
    }

    @Override
    public RequestHandler newInstance(LDAPListenerClientConnection client) {
        return new RequestHandler(parts, client);
    }

    private LDAPListenerClientConnection client() {
        if (connection == null) {
            throw new IllegalStateException("no connection");
        }
        return connection;
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        who = Optional.empty();
        LDAPResult result = attempt(id, () -> {
            ASN1OctetString password = request.getSimplePassword();
            if (request.getCredentialsType() != BindRequestProtocolOp.CRED_TYPE_SIMPLE || password == null) {
                throw DomainWrites.refuse(
                        ResultCode.AUTH_METHOD_NOT_SUPPORTED, "00002027: LdapErr: DSID-0C090584, simple bind only");
            }
            if (password.getValueLength() == 0) {
                return;
            }
            if (!(client().getSocket() instanceof SSLSocket)) {
                throw DomainWrites.refuse(
                        ResultCode.STRONG_AUTH_REQUIRED,
                        "00002028: LdapErr: DSID-0C090259, comment: The server requires binds to turn on integrity"
                                + " checking if SSL\\TLS are not already active on the connection");
            }
            who = Optional.of(parts.bindRules().bind(request.getBindDN(), password.stringValue(), Instant.now()));
        });
        return new LDAPMessage(id, new BindResponseProtocolOp(result));
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        try {
            if (control(controls, ChangeWatch.OID).isEmpty()) {
                parts.searches().incrementAndGet();
                parts.faults().beforeSearch();
            }
            if (!parts.faults().delay().isZero()) {
                LockSupport.parkNanos(parts.faults().delay().toNanos());
            }
            if (request.getBaseDN().isEmpty() && request.getScope().equals(SearchScope.BASE)) {
                client().sendSearchResultEntry(id, parts.rootDse().show(request.getAttributes()));
                return done(id, ResultCode.SUCCESS, "");
            }
            if (who.isEmpty()) {
                return done(
                        id,
                        ResultCode.OPERATIONS_ERROR,
                        "000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful"
                                + " bind must be completed on the connection., data 0, v4563");
            }
            Optional<Trouble> trouble = request.getAttributes().stream().anyMatch(RequestHandler::matters)
                    ? parts.faults().troubleNow(request.getScope().equals(SearchScope.SUB))
                    : Optional.empty();
            if (trouble.isPresent()) {
                switch (trouble.get()) {
                    case CUT -> {
                        return cut(id);
                    }
                    case LIMIT -> {
                        return done(id, ResultCode.SIZE_LIMIT_EXCEEDED, "fault on demand");
                    }
                    case BUSY -> {
                        return done(id, ResultCode.BUSY, "fault on demand");
                    }
                    case REFUSED -> {
                        return done(id, ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "fault on demand");
                    }
                    case SLOW -> LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    case REFERENCE -> refer(id);
                    case UNPAGED -> {
                        // Below, where the answer ends.
                    }
                }
            }
            boolean ranged = request.getAttributes().stream().anyMatch(name -> name.contains(";range="));
            if (ranged && parts.faults().cutsThisRange()) {
                return cut(id);
            }
            Optional<Control> sync =
                    control(controls, DirSync.OID).filter(any -> parts.faults().dirSyncKnown());
            if (sync.isPresent()) {
                return synchronise(id, request, sync.get(), controls);
            }
            if (control(controls, ChangeWatch.OID).isPresent()) {
                return watch(id, request);
            }
            SearchSession.Answer answer = searches.answer(restarted(request), controls);
            boolean subtree = request.getScope().equals(SearchScope.SUB);
            for (ObjectGuid guid : answer.hits()) {
                Optional<Strike> strike = subtree ? parts.faults().beforeEntry() : Optional.empty();
                if (strike.isPresent()) {
                    Optional<ResultCode> code = strike.get().code();
                    return code.isPresent() ? done(id, code.get(), "fault on demand") : cut(id);
                }
                Optional<Entry> entry = searches.show(guid, answer.view());
                if (entry.isPresent()) {
                    client().sendSearchResultEntry(id, entry.get());
                }
            }
            if (answer.reference()) {
                refer(id);
            }
            SearchResultDoneProtocolOp end =
                    new SearchResultDoneProtocolOp(answer.code().intValue(), null, null, null);
            return answer.page().isPresent()
                            && trouble.filter(Trouble.UNPAGED::equals).isEmpty()
                    ? new LDAPMessage(id, end, answer.page().get())
                    : new LDAPMessage(id, end);
        } catch (LDAPException e) {
            return new LDAPMessage(id, new SearchResultDoneProtocolOp(e.toLDAPResult()));
        }
    }

    /** Whether somebody or his memberships are asked for by this attribute. */
    private static boolean matters(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        return name.equals("objectguid") || name.equals("member") || name.startsWith("member;");
    }

    private void refer(int id) throws LDAPException {
        client().sendSearchResultReference(
                        id,
                        new SearchResultReferenceProtocolOp(List.of("ldap://" + parts.domain().dnsName + "/"
                                + parts.domain().configuration())));
    }

    private LDAPMessage synchronise(int id, SearchRequestProtocolOp request, Control sync, List<Control> controls)
            throws LDAPException {
        DirSync.Answer answer = new DirSync(parts.domain(), parts.limits(), parts.faults())
                .answer(
                        request,
                        sync,
                        control(controls, SearchSession.EXTENDED_DN).isPresent());
        for (Entry entry : answer.entries()) {
            Optional<Strike> strike = parts.faults().beforeEntry();
            if (strike.isPresent()) {
                Optional<ResultCode> code = strike.get().code();
                return code.isPresent() ? done(id, code.get(), "fault on demand") : cut(id);
            }
            client().sendSearchResultEntry(id, entry);
        }
        return new LDAPMessage(
                id, new SearchResultDoneProtocolOp(ResultCode.SUCCESS.intValue(), null, null, null), answer.control());
    }

    /** Occupies the connection's thread until it ends: whoever listens does nothing else on that connection. */
    private LDAPMessage watch(int id, SearchRequestProtocolOp request) throws LDAPException {
        try (ChangeWatch watch = new ChangeWatch(parts.domain(), request)) {
            EntryView view = new EntryView(
                    parts.domain(),
                    request.getAttributes(),
                    false,
                    parts.limits().maxValRange(),
                    parts.faults().hiddenAttributes());
            while (!client().getSocket().isClosed()) {
                ObjectGuid changed = watch.changed().poll(100, TimeUnit.MILLISECONDS);
                Optional<Entry> entry = changed == null ? Optional.empty() : searches.show(changed, view);
                if (entry.isPresent()) {
                    client().sendSearchResultEntry(id, entry.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done(id, ResultCode.UNAVAILABLE, "the server ends");
    }

    private static Optional<Control> control(List<Control> controls, String oid) {
        return controls.stream().filter(control -> control.getOID().equals(oid)).findFirst();
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new AddResponseProtocolOp(attempt(id, () -> {
            mayWrite();
            parts.writes().add(new Entry(request.getDN(), request.getAttributes()), false);
        })));
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new ModifyResponseProtocolOp(attempt(id, () -> {
            mayWrite();
            if (control(controls, SearchSession.SHOW_DELETED).isPresent()) {
                restore(request);
            } else {
                parts.writes().modify(request.getDN(), request.getModifications(), false);
            }
        })));
    }

    /** A tombstone comes back by one change that ends isDeleted and says where to (MS-ADTS 3.1.1.5.3.7). */
    private void restore(ModifyRequestProtocolOp request) throws LDAPException {
        List<Modification> others = new ArrayList<>();
        boolean undeleted = false;
        Optional<String> target = Optional.empty();
        for (Modification change : request.getModifications()) {
            if (change.getAttributeName().equalsIgnoreCase("isDeleted")) {
                undeleted = change.getModificationType().equals(ModificationType.DELETE);
            } else if (change.getAttributeName().equalsIgnoreCase("distinguishedName")) {
                target = Optional.of(change.getValues()[0]);
            } else {
                others.add(change);
            }
        }
        if (!undeleted || target.isEmpty()) {
            throw DomainWrites.refuse(
                    ResultCode.UNWILLING_TO_PERFORM, "0000209A: SvcErr: a tombstone can only be brought back");
        }
        parts.deletions().restore(request.getDN(), target.get(), others);
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        boolean tree = controls.stream().anyMatch(control -> control.getOID().equals(TREE_DELETE));
        return new LDAPMessage(id, new DeleteResponseProtocolOp(attempt(id, () -> {
            mayWrite();
            parts.deletions().delete(request.getDN(), tree);
        })));
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new ModifyDNResponseProtocolOp(attempt(id, () -> {
            mayWrite();
            parts.writes()
                    .rename(request.getDN(), request.getNewRDN(), Optional.ofNullable(request.getNewSuperiorDN()));
        })));
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        LDAPResult result = new LDAPResult(id, ResultCode.UNWILLING_TO_PERFORM);
        return new LDAPMessage(id, new CompareResponseProtocolOp(result));
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        boolean whoAmI = request.getOID().equals(WhoAmIExtendedRequest.WHO_AM_I_REQUEST_OID);
        String name = who.map(node ->
                        "u:" + parts.domain().netbiosName + "\\" + node.entry.getAttributeValue("sAMAccountName"))
                .orElse("");
        return new LDAPMessage(
                id,
                new ExtendedResponseProtocolOp(
                        (whoAmI ? ResultCode.SUCCESS : ResultCode.PROTOCOL_ERROR).intValue(),
                        null,
                        null,
                        null,
                        null,
                        whoAmI ? new ASN1OctetString(name) : null));
    }

    /** Only the administrator writes; the service account of the operator never may. */
    private void mayWrite() throws LDAPException {
        if (who.filter(node -> node.guid.equals(parts.administrator().guid)).isEmpty()) {
            throw DomainWrites.refuse(
                    ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "00002098: SecErr: DSID-031514A0, problem 4003");
        }
    }

    private LDAPMessage cut(int id) {
        try {
            client().close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot cut the connection", e);
        }
        return done(id, ResultCode.UNAVAILABLE, "cut");
    }

    private static LDAPMessage done(int id, ResultCode code, String text) {
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(code.intValue(), null, text, null));
    }

    private static LDAPResult attempt(int id, Attempt attempt) {
        try {
            attempt.run();
            return new LDAPResult(id, ResultCode.SUCCESS);
        } catch (LDAPException e) {
            return e.toLDAPResult();
        }
    }

    private interface Attempt {
        void run() throws LDAPException;
    }

    /** The same search, but for the first range where a later one was asked for and the fault says so. */
    private SearchRequestProtocolOp restarted(SearchRequestProtocolOp request) {
        Optional<String> later = request.getAttributes().stream()
                .filter(name -> name.contains(";range="))
                .filter(parts.faults()::restartsThisRange)
                .findFirst();
        return later.map(name -> new SearchRequestProtocolOp(
                        request.getBaseDN(),
                        request.getScope(),
                        request.getDerefPolicy(),
                        request.getSizeLimit(),
                        request.getTimeLimit(),
                        request.typesOnly(),
                        request.getFilter(),
                        request.getAttributes().stream()
                                .map(one ->
                                        one.equals(name) ? name.substring(0, name.indexOf(';')) + ";range=0-*" : one)
                                .toList()))
                .orElse(request);
    }
}
