package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.DirectoryPicture.ForeignMember;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignMemberTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=Anna Secret,OU=People,DC=other,DC=example,DC=com | DC=other,DC=example,DC=com",
                "CN=Anna\\, Secret,CN=Users,dc=other,dc=com | dc=other,dc=com",
                "CN=S-1-5-21-1-2-3-1105,CN=ForeignSecurityPrincipals,DC=corp,DC=com | S-1-5-21-1-2-3-1105",
                "CN=Anna Secret,O=Elsewhere | an unknown domain",
            })
    void tellsWhereAMemberIsFromAndNeverHisName(String dn, String origin) {
        ForeignMember member = new ForeignMember(new ObjectGuid(new UUID(1, 1)), dn);

        assertThat(member.origin()).isEqualTo(origin);
        assertThat(member.toString()).doesNotContain("Anna");
    }
}
