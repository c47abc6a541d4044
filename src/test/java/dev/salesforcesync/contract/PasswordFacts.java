package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidNewPasswordFault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Passwords of the user made for this run; they are long, of all classes of characters, and forgotten. */
interface PasswordFacts {
    Scene scene();

    @Test
    @Tries(Fact.PASSWORD_REST)
    default void setsAPasswordOverRestWithoutAnAnswer() {
        Wire.Answer set = set(scene().password());
        Wire.Answer state = scene().wire().get(path());

        assertThat(set.status()).isEqualTo(204);
        assertThat(set.body()).isEmpty();
        assertThat(state.json().path("isExpired").isBoolean()).isTrue();
        assertThat(state.json().path("isExpired").asBoolean(true)).isFalse();
    }

    @Test
    @Tries(Fact.PASSWORD_POLICY)
    default void refusesAPasswordWithoutDigits() throws Exception {
        String letters = "OnlyLettersInThisOne";

        Wire.Answer rest = scene().wire().call("POST", path(), Map.of("NewPassword", letters));
        InvalidNewPasswordFault soap = catchThrowableOfType(
                InvalidNewPasswordFault.class, () -> scene().soap().setPassword(scene().user(), letters));

        assertThat(rest.refusal())
                .startsWith("400 INVALID_NEW_PASSWORD: Your password must include letters and numbers");
        assertThat(soap.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_NEW_PASSWORD);
    }

    @Test
    @Tries(Fact.PASSWORD_HISTORY)
    default void refusesTheSamePasswordAgain() {
        String password = scene().password();
        assertThat(set(password).status()).isEqualTo(204);

        Wire.Answer again = set(password);

        assertThat(again.refusal()).isEqualTo("400 INVALID_NEW_PASSWORD: invalid repeated password");
    }

    private Wire.Answer set(String password) {
        return scene().wire().call("POST", path(), Map.of("NewPassword", password));
    }

    private String path() {
        return Wire.DATA + "/sobjects/User/" + scene().user() + "/password";
    }
}
