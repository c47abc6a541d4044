package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.failure.Failure;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of everything that LDAP can say. */
class LdapFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "525, Terminal, DirectoryCredentialsRejected",
        "52e, Terminal, DirectoryCredentialsRejected",
        "52E, Terminal, DirectoryCredentialsRejected",
        "530, Terminal, DirectoryLogonNotPermitted",
        "531, Terminal, DirectoryLogonNotPermitted",
        "532, Terminal, DirectoryPasswordExpired",
        "533, Terminal, DirectoryAccountDisabled",
        "701, Terminal, DirectoryAccountExpired",
        "773, Terminal, DirectoryPasswordMustChange",
        "775, Transient, DirectoryAccountLocked",
        "57, Terminal, DirectoryCredentialsRejected"
    })
    void tellsRefusedBindsApartByTheirDataCode(String data, String kind, String reason) {
        String text =
                "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data " + data + ", v1db1";
        LDAPResult refused = new LDAPResult(1, ResultCode.INVALID_CREDENTIALS, text, "", List.of(), List.of());

        Failure failure = LdapFailures.of(new LDAPException(refused));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message()).hasSizeLessThan(1_024).doesNotContain("80090308");
    }

    @ParameterizedTest
    @CsvSource({
        "49, Terminal, DirectoryCredentialsRejected",
        "89, Terminal, DirectoryCredentialsInvalid",
        "34, Terminal, DirectoryCredentialsInvalid",
        "8, Terminal, DirectoryTlsRequired",
        "13, Terminal, DirectoryTlsRequired",
        "50, Terminal, DirectoryAccessDenied",
        "12, Terminal, DirectoryUnsupported",
        "91, Transient, DirectoryUnreachable",
        "81, Transient, DirectoryUnreachable",
        "85, Transient, DirectoryUnreachable",
        "51, Transient, DirectoryUnavailable",
        "1, Transient, DirectoryUnavailable",
        "53, Transient, DirectoryUnavailable"
    })
    void classifiesResultCodes(int code, String kind, String reason) {
        Failure failure = LdapFailures.of(new LDAPException(ResultCode.valueOf(code), "any"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "32, Terminal, DirectoryBaseNotFound",
        "34, Terminal, DirectoryBaseInvalid",
        "87, Terminal, DirectoryFilterInvalid",
        "18, Terminal, DirectoryFilterInvalid",
        "81, Transient, DirectoryUnreachable"
    })
    void namesTheSearchThatAFailureBelongsTo(int code, String kind, String reason) {
        Failure failure = LdapFailures.ofSearch(new LDAPException(ResultCode.valueOf(code), "any"), 3);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.reason()).isEqualTo(reason);
        if (kind.equals("Terminal")) {
            assertThat(failure.message()).contains("search 3");
        }
    }

    @Test
    void seesTrustThroughAllCauses() {
        SSLHandshakeException handshake = new SSLHandshakeException("handshake");
        handshake.initCause(new CertificateException("unknown authority"));

        assertThat(LdapFailures.of(new LDAPException(ResultCode.CONNECT_ERROR, "connect", handshake))
                        .reason())
                .isEqualTo("DirectoryCertificateUntrusted");
        assertThat(LdapFailures.of(new LDAPException(
                                ResultCode.CONNECT_ERROR, "connect", new SSLHandshakeException("closed")))
                        .reason())
                .isEqualTo("DirectoryTlsFailed");
    }

    @ParameterizedTest
    @CsvSource({"3, TimeLimitExceeded", "4, SizeLimitExceeded", "11, AdminLimitExceeded", "10, ReferralNotFollowed"})
    void knowsTheCodesThatCutAnAnswerShort(int code, String reason) {
        assertThat(LdapFailures.truncation(ResultCode.valueOf(code))
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
        assertThat(LdapFailures.truncation(ResultCode.SUCCESS)).isEmpty();
    }
}
