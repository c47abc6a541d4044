package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The partner API as bytes: WSC reads elements in the order of its WSDL and loses what comes in another. */
interface WireFacts {
    String PARTNER = "urn:partner.soap.sforce.com";
    String SOBJECT = "urn:sobject.partner.soap.sforce.com";

    Scene scene();

    @Test
    @Tries(Fact.SAVE_RESULT_ORDER)
    default void ordersASaveResult() {
        Xml done = update("<s:Department>Wire</s:Department>");
        Xml refused = update("<s:Alias>much too long</s:Alias>");

        assertThat(done.names()).isEqualTo(List.of("id", "success"));
        assertThat(refused.names()).isEqualTo(List.of("errors", "id", "success"));
        assertThat(refused.at("id").isNil()).isTrue();
        assertThat(refused.at("errors").names()).isEqualTo(List.of("fields", "message", "statusCode"));
        assertThat(refused.at("errors", "message").namespace()).isEqualTo(PARTNER);
    }

    @Test
    @Tries(Fact.UPSERT_RESULT_ORDER)
    default void ordersAnUpsertResult() {
        Xml result = soap("<upsert><externalIDFieldName>Id</externalIDFieldName><sObjects><s:type>User</s:type><s:Id>"
                        + scene().user() + "</s:Id><s:Department>Wire</s:Department></sObjects></upsert>")
                .at("result");

        assertThat(result.names()).isEqualTo(List.of("created", "id", "success"));
        assertThat(result.at("created").text()).isEqualTo("false");
    }

    @Test
    @Tries({Fact.QUERY_RESULT_ORDER, Fact.ID_TWICE, Fact.NULLS, Fact.UNTYPED_VALUES, Fact.PARENTS})
    default void ordersAQueryResultAndItsRecords() {
        update("<s:fieldsToNull>Fax</s:fieldsToNull>");

        Xml with = query("SELECT Id, Fax, LastName, Profile.Name FROM User WHERE Id = '" + scene().user() + "'");
        Xml without = query("SELECT LastName FROM User WHERE Id = '" + scene().user() + "'");

        assertThat(with.names()).isEqualTo(List.of("done", "queryLocator", "records", "size"));
        assertThat(with.at("queryLocator").isNil()).isTrue();
        Xml record = with.at("records");
        assertThat(record.type()).isEqualTo("sf:sObject");
        assertThat(record.names()).isEqualTo(List.of("type", "Id", "Id", "Fax", "LastName", "Profile"));
        assertThat(record.at("type").namespace()).isEqualTo(SOBJECT);
        assertThat(record.all("Id")).extracting(Xml::text).containsOnly(scene().user());
        assertThat(record.at("Fax").isNil()).isTrue();
        assertThat(record.at("LastName").type()).isEmpty();
        Xml profile = record.at("Profile");
        assertThat(profile.type()).isEqualTo("sf:sObject");
        assertThat(profile.names()).isEqualTo(List.of("type", "Id", "Name"));
        assertThat(profile.at("Id").isNil()).isTrue();
        assertThat(without.at("records").names()).isEqualTo(List.of("type", "Id", "LastName"));
        assertThat(without.at("records", "Id").isNil()).isTrue();
    }

    @Test
    @Tries({Fact.FAULT_SHAPE, Fact.FAULT_IS_500})
    default void typesAFault() {
        Wire.Answer answer = scene().wire().soap(Wire.VERSION, "<query><queryString>SELECT</queryString></query>");

        Xml fault = answer.xml().operation();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(fault.names()).isEqualTo(List.of("faultcode", "faultstring", "detail"));
        assertThat(fault.at("faultcode").text()).isEqualTo("sf:MALFORMED_QUERY");
        assertThat(fault.at("faultstring").text()).startsWith("MALFORMED_QUERY: ");
        Xml detail = fault.at("detail", "MalformedQueryFault");
        assertThat(detail.namespace()).isEqualTo("urn:fault.partner.soap.sforce.com");
        assertThat(detail.type()).isEqualTo("sf:MalformedQueryFault");
        assertThat(detail.names()).isEqualTo(List.of("exceptionCode", "exceptionMessage", "row", "column"));
    }

    @Test
    @Tries(Fact.GZIP)
    default void readsARequestInGzip() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(scene().wire().envelope("<getUserInfo/>").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        Wire.Answer answer = scene().wire().soap(Wire.VERSION, bytes.toByteArray(), "Content-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.xml().operation().at("result", "userId").text()).isEqualTo(scene().me());
    }

    private Xml update(String fields) {
        String row = fields.startsWith("<s:fieldsToNull>")
                ? fields + "<s:Id>" + scene().user() + "</s:Id>"
                : "<s:Id>" + scene().user() + "</s:Id>" + fields;
        return soap("<update><sObjects><s:type>User</s:type>" + row + "</sObjects></update>")
                .at("result");
    }

    private Xml query(String soql) {
        return soap("<query><queryString>" + Xml.escape(soql) + "</queryString></query>")
                .at("result");
    }

    private Xml soap(String body) {
        Wire.Answer answer = scene().wire().soap(Wire.VERSION, body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.xml().operation();
    }
}
