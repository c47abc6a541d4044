package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which Active Directory domain is read, and how. */
@ValidationRule(
        value = "has(self.domain) || (has(self.servers) && self.servers.size() > 0)",
        message = "domain or servers must be given")
@ValidationRule(
        value =
                "!has(self.servers) || self.servers.all(server, server.startsWith(self.tls.mode == 'LDAPS' ? 'ldaps://' : 'ldap://'))",
        message =
                "servers must start with ldaps:// when tls.mode is LDAPS, and with ldap:// when it is StartTLS or Kerberos",
        fieldPath = ".servers")
@ValidationRule(
        value = "!has(self.site) || has(self.domain)",
        message = "site must come with a domain, whose servers it chooses among",
        fieldPath = ".site")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DirectorySpec(
        @JsonPropertyDescription(
                "DNS name of the domain, for example corp.example.com: its controllers are found by DNS SRV "
                        + "records. Needed unless servers are given.")
        @Pattern(Bounds.DOMAIN)
        @Size(min = 1, max = 253)
        @Nullable
        String domain,

        @JsonPropertyDescription(
                "Name of the Active Directory site whose controllers are preferred when they are found "
                        + "through the domain; the domain's other controllers are used while none of them answers. Omitted: all "
                        + "controllers of the domain alike, by priority and weight of their DNS records.")
        @Pattern(Bounds.SITE)
        @Size(min = 1, max = 63)
        @Nullable
        String site,

        @JsonPropertyDescription("Addresses of domain controllers of this one domain, tried in this order, for example "
                + "ldaps://dc1.corp.example.com:636. A preferred one that answers again is used again after a minute, "
                + "and for following changes at the next full comparison. Empty: found through the domain.")
        @Size(max = 16)
        List<@Size(min = 1, max = 253) @Pattern(Bounds.LDAP_URL) String> servers,

        @JsonPropertyDescription(
                "Secret with the keys bindDN (a distinguished name or user principal name) and password of "
                        + "the reading account; or with the keys principal (account@REALM) and keytab (a keytab file) "
                        + "to sign in by Kerberos. Where a keytab is given, it is used. With Kerberos, servers must be "
                        + "the controllers' own full names.")
        @Required
        LocalRef bindSecretRef,

        @JsonPropertyDescription("How the connection to the domain controllers is protected.") @Default("{}")
        Tls tls,

        @JsonPropertyDescription("How changes are noticed between two full reads.") @Default("{}")
        Changes changes,

        @JsonPropertyDescription(
                "Token from the message of the condition DirectoryComplete with the reason ServerBehind, with which a "
                        + "person says: the domain was restored from a backup, and what it knew more is gone for good. "
                        + "Until then nobody's absence counts. Omitted: nothing is given up.")
        @Pattern(Bounds.TOKEN)
        @Size(min = 1, max = 128)
        @Nullable
        String acceptServerBehind) {

    public DirectorySpec {
        servers = Given.list(servers);
        bindSecretRef = Given.or(bindSecretRef, LocalRef.class);
        tls = Given.or(tls, Tls.class);
        changes = Given.or(changes, Changes.class);
    }

    /** The component {@code domain}, if it is given. */
    public Optional<String> findDomain() {
        return Optional.ofNullable(domain);
    }

    /** The component {@code site}, if it is given. */
    public Optional<String> findSite() {
        return Optional.ofNullable(site);
    }

    /** The component {@code acceptServerBehind}, if it is given. */
    public Optional<String> findAcceptServerBehind() {
        return Optional.ofNullable(acceptServerBehind);
    }

    /** How the connection is protected. There is no unprotected way. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Tls(
            @JsonPropertyDescription(
                    "LDAPS (TLS from the first byte, port 636), StartTLS (port 389) or Kerberos (port 389, "
                            + "signed and encrypted by Kerberos instead of TLS; needs a keytab in bindSecretRef). Default LDAPS.")
            @Default("LDAPS")
            Protection mode,

            @JsonPropertyDescription(
                    "Secret key with the CA certificates in PEM format that the domain controllers' certificates "
                            + "are checked against. Omitted: the public certificate authorities of the Java runtime.")
            @Nullable
            SecretKeyRef caSecretRef) {

        public Tls {
            mode = Given.or(mode, Protection.LDAPS);
        }

        /** The component {@code caSecretRef}, if it is given. */
        public Optional<SecretKeyRef> findCaSecretRef() {
            return Optional.ofNullable(caSecretRef);
        }

        /** How TLS starts. */
        public enum Protection {
            /** TLS from the first byte. */
            @JsonProperty("LDAPS")
            LDAPS,

            /** Plain connection that is upgraded before anything is sent. */
            @JsonProperty("StartTLS")
            START_TLS,

            /** No TLS: what Kerberos agreed on at the bind signs and encrypts everything after it. */
            @JsonProperty("Kerberos")
            KERBEROS,

            /** A value this version does not know, see {@link Unrecognized}. */
            @JsonProperty("Unrecognized")
            UNRECOGNIZED;

            @JsonCreator
            static Protection of(String text) {
                return Given.choice(Protection.class, text).orElse(UNRECOGNIZED);
            }
        }
    }

    /** How changes are noticed. */
    @ValidationRule(
            value = "self.pollInterval.contains('d') || duration(self.pollInterval) >= duration('100ms')",
            message = "pollInterval must be at least 100ms",
            fieldPath = ".pollInterval")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Changes(
            @JsonPropertyDescription(
                    "DirSync (needs the right to replicate changes), USN (any reader; deletions are seen through "
                            + "tombstones), Auto (DirSync if allowed, else USN) or None (full reads only). Default Auto.")
            @Default("Auto")
            Feed mode,

            @JsonPropertyDescription("Time between two questions for changes. Default 1s, at least 100ms.")
            @Pattern(Bounds.DURATION)
            @Size(min = 2, max = 20)
            @Default("1s")
            String pollInterval) {

        public Changes {
            mode = Given.or(mode, Feed.AUTO);
            pollInterval = Given.or(pollInterval, "1s");
        }

        /** Where changes come from. */
        public enum Feed {
            /** DirSync if the account may, else USN. */
            @JsonProperty("Auto")
            AUTO,

            /** The replication control of Active Directory. */
            @JsonProperty("DirSync")
            DIR_SYNC,

            /** The change number of each entry. */
            @JsonProperty("USN")
            USN,

            /** Full reads only. */
            @JsonProperty("None")
            NONE,

            /** A value this version does not know, see {@link Unrecognized}. */
            @JsonProperty("Unrecognized")
            UNRECOGNIZED;

            @JsonCreator
            static Feed of(String text) {
                return Given.choice(Feed.class, text).orElse(UNRECOGNIZED);
            }
        }
    }
}
