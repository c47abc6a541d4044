#!/usr/bin/env python3
"""Drives a Salesforce org with nothing but Python's standard library: OAuth, the SOAP partner API and REST, their
answers and their refusals by code and text. It shows that the sandbox org is no private matter of one library.

    plain-client.py BASE_URL CLIENT_ID CLIENT_SECRET
    plain-client.py target/sandbox/endpoints.json

Ends with 0 when all of it was as expected, with 1 and one line that names the first difference when not. It makes
users and contacts of its own, and sets the password of the org's administrator.
"""
import base64
import gzip
import http.client
import json
import re
import sys
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

API = "/services/data/v65.0"
SOAP = "/services/Soap/u/"
PARTNER = "{urn:partner.soap.sforce.com}"
SOBJECT = "{urn:sobject.partner.soap.sforce.com}"
FAULTS = "{urn:fault.partner.soap.sforce.com}"
ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
PASSWORD = "Plain-2026-"

checks = 0


def expect(what, actual, expected):
    """One check: equal, or matching when a pattern is expected."""
    global checks
    checks += 1
    fits = expected.search(str(actual)) if isinstance(expected, re.Pattern) else actual == expected
    if not fits:
        wanted = expected.pattern if isinstance(expected, re.Pattern) else expected
        sys.exit(f"check {checks}, {what}: expected {wanted!r}, got {actual!r}")


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        body = response.read()
        self.zipped = response.headers.get("Content-Encoding") == "gzip"
        self.body = gzip.decompress(body) if self.zipped else body

    def json(self):
        return json.loads(self.body) if self.body else None

    def error(self):
        """Status, code and text of REST's or OAuth's first error."""
        body = self.json()
        first = body[0] if isinstance(body, list) else body
        if "error" in first:
            return self.status, first["error"], first["error_description"]
        return self.status, first["errorCode"], first["message"]


class Server:
    def __init__(self, base_url):
        self.url = urllib.parse.urlsplit(base_url)
        self.token = ""

    def send(self, method, path, body=None, headers=None, host=None, chunked=False):
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.url.hostname, self.url.port, timeout=20)
        headers = dict(headers or {})
        if host:
            headers["Host"] = host
        if chunked:
            whole = body
            body = (whole[at:at + 97] for at in range(0, len(whole), 97))
        connection.request(method, path, body=body, headers=headers, encode_chunked=chunked)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def form(self, path, fields, headers=None, host=None):
        headers = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.send("POST", path, urllib.parse.urlencode(fields).encode(), headers, host)

    def rest(self, method, path, body=None, headers=None, zipped=False, chunked=False):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json", **(headers or {})}
        data = None if body is None else json.dumps(body).encode()
        if zipped:
            data = gzip.compress(data)
            headers["Content-Encoding"] = "gzip"
        if chunked:
            headers["Transfer-Encoding"] = "chunked"
        answer = self.send(method, path if path.startswith("/services") else API + path, data, headers, None, chunked)
        expect(f"Sforce-Limit-Info of {method} {path}", answer.headers.get("Sforce-Limit-Info", ""),
               re.compile(r"^api-usage=\d+/\d+$"))
        return answer

    def query(self, soql, headers=None):
        answer = self.rest("GET", "/query?" + urllib.parse.urlencode({"q": soql}), headers=headers)
        return answer

    def soap(self, operation, session=None, headers="", version="65.0", zipped=False, chunked=False):
        """The first child of the answer's body."""
        key = self.token if session is None else session
        envelope = ('<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
                    ' xmlns="urn:partner.soap.sforce.com" xmlns:s="urn:sobject.partner.soap.sforce.com"><e:Header>'
                    f'<SessionHeader><sessionId>{escape(key)}</sessionId></SessionHeader>{headers}</e:Header>'
                    f'<e:Body>{operation}</e:Body></e:Envelope>').encode()
        http_headers = {"Content-Type": "text/xml; charset=UTF-8", "SOAPAction": '""', "Accept-Encoding": "gzip"}
        if zipped:
            envelope = gzip.compress(envelope)
            http_headers["Content-Encoding"] = "gzip"
        if chunked:
            http_headers["Transfer-Encoding"] = "chunked"
        answer = self.send("POST", SOAP + version, envelope, http_headers, None, chunked)
        document = ElementTree.fromstring(answer.body)
        limit = document.find(f"{ENVELOPE}Header/{PARTNER}LimitInfoHeader/{PARTNER}limitInfo")
        expect("LimitInfoHeader", None if limit is None else [child.tag for child in limit],
               [PARTNER + "current", PARTNER + "limit", PARTNER + "type"])
        first = document.find(ENVELOPE + "Body")[0]
        expect("HTTP status of SOAP", answer.status, 500 if first.tag == ENVELOPE + "Fault" else 200)
        return first


def results(element):
    return element.findall(PARTNER + "result")


def names(element):
    return [re.sub(r"^{[^}]*}", "", child.tag) for child in element]


def text(element, name, namespace=PARTNER):
    child = element.find(namespace + name)
    return None if child is None or child.get(NIL) == "true" else (child.text or "")


def fault(element):
    """Fault code, text, and code and text of the detail."""
    expect("a fault", element.tag, ENVELOPE + "Fault")
    detail = element.find("detail")
    inner = detail[0] if detail is not None else None
    return (element.findtext("faultcode"), element.findtext("faultstring"),
            None if inner is None else inner.findtext(FAULTS + "exceptionCode"),
            None if inner is None else inner.findtext(FAULTS + "exceptionMessage"))


def row_errors(result):
    return [(text(error, "statusCode"), text(error, "message")) for error in result.findall(PARTNER + "errors")]


def rows(kind, objects, key=None):
    parts = [f"<{kind}>"]
    if key:
        parts.append(f"<externalIDFieldName>{key}</externalIDFieldName>")
    for fields in objects:
        parts.append("<sObjects>")
        parts += [f"<s:{name}>{escape(value)}</s:{name}>" for name, value in fields.items()]
        parts.append("</sObjects>")
    return "".join(parts) + f"</{kind}>"


class Story:
    """The whole conversation, in the order in which it is told."""

    def __init__(self, base_url, client_id, client_secret):
        self.server = Server(base_url)
        self.base_url = base_url
        self.client = {"client_id": client_id, "client_secret": client_secret}
        self.unique = format(time.time_ns(), "x")

    def person(self, name, **more):
        return {"Username": f"{name}.{self.unique}@client.example", "LastName": "Müller-O'Hara <& Co>",
                "Email": f"{name}@client.example", "Alias": name[:8], "TimeZoneSidKey": "Europe/Berlin",
                "LocaleSidKey": "de_DE", "LanguageLocaleKey": "de", "EmailEncodingKey": "UTF-8",
                "ProfileId": self.profile, **more}

    def oauth(self):
        server, token = self.server, "/services/oauth2/token"
        good = {"grant_type": "client_credentials", **self.client}
        for change, expected in [
            ({"client_id": "nobody"}, (400, "invalid_client_id", "client identifier invalid")),
            ({"client_secret": "wrong"}, (400, "invalid_client", "invalid client credentials")),
            ({"grant_type": "magic"}, (400, "unsupported_grant_type", "grant type not supported")),
            ({"grant_type": "password", "username": "a", "password": "b"},
             (400, "invalid_grant", "authentication failure")),
            ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "a.b.c"},
             (400, "invalid_grant", "invalid assertion")),
        ]:
            expect(f"token request with {change}", server.form(token, {**good, **change}).error(), expected)
        for host in ("login.salesforce.com", "test.salesforce.com"):
            expect(f"token request to {host}", server.form(token, good, host=host).error(),
                   (400, "invalid_grant", "request not supported on this domain"))
        basic = base64.b64encode(f"{self.client['client_id']}:{self.client['client_secret']}".encode()).decode()
        expect("token request with Basic", server.form(
            token, {"grant_type": "client_credentials"}, {"Authorization": "Basic " + basic}).status, 200)

        answer = server.form(token, good)
        granted = answer.json()
        expect("token", answer.status, 200)
        expect("names in a token", sorted(granted), sorted(
            ["access_token", "signature", "scope", "instance_url", "id", "token_type", "issued_at",
             "api_instance_url"]))
        expect("token type", granted["token_type"], "Bearer")
        expect("token", granted["access_token"], re.compile(r"^00D\w{12}!\S+$"))
        first = granted["access_token"]
        server.token = server.form(token, good).json()["access_token"]

        bearer = {"Authorization": "Bearer " + first}
        info = server.send("GET", "/services/oauth2/userinfo", headers=bearer)
        expect("userinfo", info.status, 200)
        self.me = info.json()["user_id"]
        self.org_id = info.json()["organization_id"]
        path = urllib.parse.urlsplit(granted["id"]).path
        expect("identity URL", path, f"/id/{self.org_id}/{self.me}")
        identity = server.send("GET", path, headers=bearer).json()
        expect("identity", (identity["user_id"], identity["username"]),
               (self.me, info.json()["preferred_username"]))
        expect("identity of an unknown user", server.send("GET", path[:-18] + "005000000000000AAA",
                                                          headers=bearer).status, 404)
        expect("userinfo without a token", server.send("GET", "/services/oauth2/userinfo").status, 403)
        expect("revoke", server.form("/services/oauth2/revoke", {"token": first}).status, 200)
        expect("revoke again", server.form("/services/oauth2/revoke", {"token": first}).error()[:2],
               (400, "unsupported_token_type"))
        dead = server.rest("GET", "/limits", headers=bearer)
        expect("a revoked token", dead.error(), (401, "INVALID_SESSION_ID", "Session expired or invalid"))

    def reads(self):
        server = self.server
        versions = [one["version"] for one in server.send("GET", "/services/data").json()]
        expect("versions", all(version in versions for version in ("64.0", "65.0", "68.0")), True)
        limits = server.rest("GET", "/limits").json()["DailyApiRequests"]
        expect("limits", limits["Max"] > limits["Remaining"], True)
        expect("an unknown resource", server.rest("GET", "/nowhere").error(),
               (404, "NOT_FOUND", "The requested resource does not exist"))
        expect("a retired version", server.rest("GET", "/services/data/v20.0/limits").error()[:2], (410, "GONE"))
        described = {one["name"]: one for one in server.rest("GET", "/sobjects").json()["sobjects"]}
        expect("User", [described["User"][fact] for fact in ("keyPrefix", "createable", "updateable", "deletable")],
               ["005", True, True, False])
        fields = {one["name"]: one for one in server.rest("GET", "/sobjects/User/describe").json()["fields"]}
        expect("Alias", (fields["Alias"]["length"], fields["Alias"]["nillable"]), (8, False))
        member = server.rest("GET", "/sobjects/GroupMember/describe").json()["fields"]
        expect("UserOrGroupId", [one["referenceTo"] for one in member if one["name"] == "UserOrGroupId"],
               [["Group", "User"]])
        profile = server.query("SELECT Id, UserLicense.Name FROM Profile WHERE Name = 'Standard User'").json()
        self.profile = profile["records"][0]["Id"]
        expect("a parent in a query", profile["records"][0]["UserLicense"]["Name"], "Salesforce")
        admins = server.query("SELECT Id, Username FROM User WHERE Profile.Name = 'System Administrator'"
                              " AND IsActive = true ORDER BY CreatedDate LIMIT 1").json()["records"]
        self.admin, self.admin_name = admins[0]["Id"], admins[0]["Username"]
        for soql, code, where in [
            ("SELECT Id FORM User", "MALFORMED_QUERY", "Row:1:Column:11\nunexpected token: 'FORM'"),
            ("SELECT Id FROM User WHERE", "MALFORMED_QUERY", "unexpected token: <EOF>"),
            ("SELECT Id\nFROM User\nGROUP BY Alias", "MALFORMED_QUERY", "Row:3:Column:1\n"),
            ("SELECT Nope FROM User", "INVALID_FIELD", "Row:1:Column:8\nNo such column 'Nope' on entity 'User'."),
            ("SELECT Id FROM Person", "INVALID_TYPE", "sObject type 'Person' is not supported."),
        ]:
            status, error, message = server.query(soql).error()
            expect(soql, (status, error), (400, code))
            expect(soql, message, re.compile(re.escape(where)))

    def rest_rows(self):
        server = self.server
        person = self.person("anna")
        created = server.rest("POST", "/sobjects/User", person)
        expect("create", (created.status, created.json()["success"]), (201, True))
        self.anna = created.json()["id"]
        url = "/sobjects/User/" + self.anna
        expect("read back", server.rest("GET", url).json()["LastName"], person["LastName"])
        expect("one field", server.rest("GET", url + "?fields=Alias").json()["Alias"], "anna")
        expect("update", server.rest("PATCH", url, {"Title": "Queen"}).status, 204)
        expect("updated", server.rest("GET", url).json()["Title"], "Queen")
        expect("delete", server.rest("DELETE", url).error()[:2], (405, "METHOD_NOT_ALLOWED"))
        expect("nobody", server.rest("GET", "/sobjects/User/005000000000000AAA").error()[:2], (404, "NOT_FOUND"))
        key = "/sobjects/User/AD_ObjectGuid__c/" + self.unique
        bob = self.person("bob")
        upserted = server.rest("PATCH", key, bob)
        expect("upsert creates", (upserted.status, upserted.json()["created"]), (201, True))
        upserted = server.rest("PATCH", key, {"Title": "King"})
        expect("upsert updates", (upserted.status, upserted.json()["created"]), (200, False))
        for change, code, message in [
            ({}, "DUPLICATE_USERNAME", r"^Duplicate Username\.<br>The username already exists in this or another"),
            ({"Username": "x"}, "FIELD_INTEGRITY_EXCEPTION", r"^Username must be in the form of an email address"),
            ({"Alias": "123456789"}, "STRING_TOO_LONG", r"^Alias: data value too large: 123456789 \(max length=8\)$"),
            ({"Email": "x"}, "INVALID_EMAIL_ADDRESS", r"^Email: invalid email address: x$"),
            ({"LastName": ""}, "REQUIRED_FIELD_MISSING", r"^Required fields are missing: \[LastName\]$"),
            ({"LocaleSidKey": "xx"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", r"bad value for restricted picklist"),
            ({"ProfileId": "00e000000000000AAA"}, "INVALID_CROSS_REFERENCE_KEY", r"^invalid cross reference id$"),
            ({"UserType": "Guest"}, "INVALID_FIELD_FOR_INSERT_UPDATE", r"^Unable to create/update fields: UserType\."),
            ({"Nope": "1"}, "INVALID_FIELD", r"^No such column 'Nope' on entity 'User'\."),
        ]:
            status, error, text_ = server.rest("POST", "/sobjects/User", {**self.person("anna"), **change}).error()
            expect(f"create with {change}", (status, error), (400, code))
            expect(f"create with {change}", text_, re.compile(message))
        expect("broken JSON", self.server.send(
            "POST", API + "/sobjects/User", b"{", {"Authorization": "Bearer " + server.token}).error()[:2],
            (400, "JSON_PARSER_ERROR"))

    def rest_passwords(self):
        server, url = self.server, f"/sobjects/User/{self.admin}/password"
        self.password = PASSWORD + self.unique
        expect("set password", server.rest("POST", url, {"NewPassword": self.password}).status, 204)
        expect("password state", server.rest("GET", url).json(), {"isExpired": False})
        expect("repeated password", server.rest("POST", url, {"NewPassword": self.password}).error(),
               (400, "INVALID_NEW_PASSWORD", "invalid repeated password"))
        expect("simple password", server.rest("POST", url, {"NewPassword": "abcdefghijk"}).error(),
               (400, "INVALID_NEW_PASSWORD", "Your password must include letters and numbers"))
        expect("own password", server.rest("POST", f"/sobjects/User/{self.me}/password",
                                           {"NewPassword": self.password}).error(),
               (403, "INSUFFICIENT_ACCESS", "Cannot set password for self"))
        reset = server.rest("DELETE", f"/sobjects/User/{self.anna}/password")
        expect("reset password", (reset.status, len(reset.json()["NewPassword"]) > 7), (200, True))
        expect("expired password", server.rest("GET", f"/sobjects/User/{self.anna}/password").json(),
               {"isExpired": True})

    def rest_collections(self):
        server = self.server
        for part in range(2):
            records = [{"attributes": {"type": "Contact"}, "LastName": f"{self.unique} {part * 150 + at:03}"}
                       for at in range(150)]
            answer = server.rest("POST", "/composite/sobjects", {"allOrNone": False, "records": records},
                                 zipped=part == 0, chunked=part == 1, headers={"Accept-Encoding": "gzip"})
            expect("collection", [row["success"] for row in answer.json()], [True] * 150)
            expect("a long answer is zipped", answer.zipped, True)
        soql = f"SELECT Id, LastName FROM Contact WHERE LastName LIKE '{self.unique}%' ORDER BY LastName"
        page = server.query(soql, {"Sforce-Query-Options": "batchSize=200"}).json()
        expect("first page", (page["totalSize"], page["done"], len(page["records"])), (300, False, 200))
        page2 = server.rest("GET", page["nextRecordsUrl"], headers={"Sforce-Query-Options": "batchSize=200"}).json()
        expect("second page", (page2["done"], len(page2["records"])), (True, 100))
        expect("no row twice", len({row["Id"] for row in page["records"] + page2["records"]}), 300)
        expect("a locator of nobody", server.rest("GET", "/query/01g000000000000AAA-2000").error()[:2],
               (400, "INVALID_QUERY_LOCATOR"))
        expect("COUNT()", server.query(f"SELECT COUNT() FROM Contact WHERE LastName LIKE '{self.unique}%'")
               .json()["totalSize"], 300)
        ids = [row["Id"] for row in page["records"]]
        deleted = server.rest("DELETE", "/composite/sobjects?ids=" + ",".join(ids)).json()
        expect("delete a collection", [row["success"] for row in deleted], [True] * 200)
        expect("what is left", server.query(soql).json()["totalSize"], 100)
        bad = [{"attributes": {"type": "Contact"}, "LastName": self.unique}, {"attributes": {"type": "Contact"}}]
        answer = server.rest("POST", "/composite/sobjects", {"allOrNone": True, "records": bad}).json()
        expect("all or none", [row["errors"][0]["statusCode"] for row in answer],
               ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"])
        many = [{"attributes": {"type": "Contact"}, "LastName": "x"}] * 201
        expect("201 rows", server.rest("POST", "/composite/sobjects", {"records": many}).error(),
               (400, "EXCEEDED_ID_LIMIT",
                "record limit reached. cannot submit more than 200 records into this call"))
        mixed = [{"attributes": {"type": "Contact"}, "LastName": "x"}, {"attributes": {"type": "Group"}, "Name": "x"}]
        answer = server.rest("POST", "/composite/sobjects", {"records": mixed, "allOrNone": True}).json()
        expect("set-up and other objects", answer[1]["errors"][0]["statusCode"], "MIXED_DML_OPERATION")

    def rest_composites(self):
        server = self.server

        def part(reference, method, path, body=None):
            return {"referenceId": reference, "method": method, "url": API + path, **({"body": body} if body else {})}

        carl = self.person("carl")
        parts = [part("carl", "POST", "/sobjects/User", carl),
                 part("title", "PATCH", "/sobjects/User/@{carl.id}", {"Title": "Jack"}),
                 part("bad", "PATCH", "/sobjects/User/@{carl.id}", {"Alias": "123456789"})]
        answer = server.rest("POST", "/composite", {"allOrNone": True, "compositeRequest": parts}).json()
        expect("a composite, all or none", [one["body"][0]["errorCode"] for one in answer["compositeResponse"]],
               ["PROCESSING_HALTED", "PROCESSING_HALTED", "STRING_TOO_LONG"])
        expect("its text", answer["compositeResponse"][0]["body"][0]["message"],
               "The transaction was rolled back since another operation in the same transaction failed.")
        answer = server.rest("POST", "/composite", {"compositeRequest": parts}).json()
        expect("a composite", [one["httpStatusCode"] for one in answer["compositeResponse"]], [201, 204, 400])
        heavy = [part(f"q{at}", "GET", "/query?q=SELECT+Id+FROM+Profile+LIMIT+1") for at in range(6)]
        answer = server.rest("POST", "/composite", {"compositeRequest": heavy}).json()["compositeResponse"]
        expect("six queries in a composite", (len(answer), answer[0]["body"][0]["errorCode"]), (1, "LIMIT_EXCEEDED"))
        batch = {"batchRequests": [{"method": "GET", "url": "v65.0/limits"}, {"method": "GET", "url": "v65.0/no"}]}
        answer = server.rest("POST", "/composite/batch", batch).json()
        expect("a batch", (answer["hasErrors"], [one["statusCode"] for one in answer["results"]]), (True, [200, 404]))

    def soap_login(self):
        server = self.server

        def login(password, version):
            return server.soap(f"<login><username>{escape(self.admin_name)}</username><password>{escape(password)}"
                               "</password></login>", "", version=version)

        text_ = ("The SOAP Login operation is not available in the API version specified (65.0). Refer to the"
                 " documentation for supported versions.")
        expect("login at 65", fault(login(self.password, "65.0")),
               ("sf:INVALID_OPERATION", "INVALID_OPERATION: " + text_, "INVALID_OPERATION", text_))
        expect("login with a wrong password", fault(login("wrong", "64.0"))[2:],
               ("INVALID_LOGIN", "Invalid username, password, security token; or user locked out."))
        result = login(self.password, "64.0").find(PARTNER + "result")
        expect("login", names(result), ["metadataServerUrl", "passwordExpired", "sandbox", "serverUrl", "sessionId",
                                        "userId", "userInfo"])
        expect("who logged in", text(result, "userId"), self.admin)
        session = text(result, "sessionId")
        expect("a session of a login", text(server.soap("<getUserInfo/>", session).find(PARTNER + "result"), "userId"),
               self.admin)
        expect("logout", server.soap("<logout/>", session).tag, PARTNER + "logoutResponse")
        dead = fault(server.soap("<getServerTimestamp/>", session))
        expect("a dead session", (dead[0], dead[2]), ("sf:INVALID_SESSION_ID", "INVALID_SESSION_ID"))
        expect("a dead session", dead[3], re.compile(
            r"^Invalid Session ID found in SessionHeader: Illegal Session\. Session not found, missing session key: "))
        for version in ("20.0", "69.0", "v65.0"):
            expect(f"version {version}", fault(server.soap("<getServerTimestamp/>", version=version))[1],
                   "UNSUPPORTED_API_VERSION: Invalid Api version specified on URL")
        expect("version 68", server.soap("<getServerTimestamp/>", version="68.0").tag,
               PARTNER + "getServerTimestampResponse")

    def soap_rows(self):
        server = self.server
        dora, emil = self.person("dora"), self.person("emil", Alias="123456789")
        created = server.soap(rows("create", [{"type": "User", **dora}, {"type": "User", **emil}]), zipped=True)
        good, bad = results(created)
        expect("a created row", (names(good), text(good, "success")), (["id", "success"], "true"))
        expect("a refused row", (names(bad), text(bad, "id"), text(bad, "success")),
               (["errors", "id", "success"], None, "false"))
        expect("its error", names(bad[0]), ["fields", "message", "statusCode"])
        expect("its error", row_errors(bad), [("STRING_TOO_LONG",
                                               "Alias: data value too large: 123456789 (max length=8)")])
        self.dora = text(good, "id")
        both = server.soap(rows("create", [{"type": "User", **self.person("fritz")}, {"type": "User", **emil}]),
                           headers="<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>")
        expect("AllOrNoneHeader", [row_errors(row)[0][0] for row in results(both)],
               ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "STRING_TOO_LONG"])
        updated = server.soap(rows("update", [{"type": "User", "fieldsToNull": "FirstName", "Id": self.dora,
                                               "Title": "Queen"}]).replace("s:fieldsToNull", "fieldsToNull"),
                              chunked=True)
        expect("update", text(results(updated)[0], "success"), "true")
        for expected in ("true", "false"):
            upserted = server.soap(rows("upsert", [{"type": "User", "AD_ObjectGuid__c": self.unique + "s",
                                                    **self.person("gisela")}], "AD_ObjectGuid__c"))
            row = results(upserted)[0]
            expect("upsert", (names(row), text(row, "created")), (["created", "id", "success"], expected))
        row = results(server.soap(f"<delete><ids>{self.dora}</ids></delete>"))[0]
        expect("delete of a user", row_errors(row),
               [("INVALID_TYPE_FOR_OPERATION", "entity type User does not support delete")])
        contact = results(server.soap(rows("create", [{"type": "Contact", "LastName": "Gone"}])))[0]
        row = results(server.soap(f"<delete><ids>{text(contact, 'id')}</ids></delete>"))[0]
        expect("delete of a contact", (text(row, "id"), text(row, "success")), (text(contact, "id"), "true"))
        many = server.soap(rows("create", [{"type": "Contact", "LastName": "x"}] * 201))
        expect("201 rows", fault(many)[2], "EXCEEDED_ID_LIMIT")
        chunks = server.soap(rows("create", [{"type": "Contact", "LastName": "x"},
                                             {"type": "Account", "Name": "x"}] * 6))
        expect("12 chunks", fault(chunks)[3], re.compile(r"^Cannot have more than 10 chunks in a single operation\."))

    def soap_reads(self):
        server = self.server
        query = ("<query><queryString>SELECT Id, Username, FirstName, Profile.Name FROM User WHERE Id ="
                 f" '{self.dora}'</queryString></query>")
        result = server.soap(query).find(PARTNER + "result")
        expect("query result", names(result), ["done", "queryLocator", "records", "size"])
        record = result.find(PARTNER + "records")
        expect("a record, its id twice", names(record), ["type", "Id", "Id", "Username", "FirstName", "Profile"])
        expect("an empty field", text(record, "FirstName", SOBJECT), None)
        profile = record.find(SOBJECT + "Profile")
        expect("a parent", (names(profile), text(profile, "Id", SOBJECT), text(profile, "Name", SOBJECT)),
               (["type", "Id", "Name"], None, "Standard User"))
        size = "<QueryOptions><batchSize>200</batchSize></QueryOptions>"
        contacts = (f"<query><queryString>SELECT Id FROM Contact WHERE LastName LIKE '{self.unique}%' OR LastName ="
                    " 'Nobody'</queryString></query>")
        server.rest("POST", "/composite/sobjects", {"records": [
            {"attributes": {"type": "Contact"}, "LastName": f"{self.unique} {at}"} for at in range(150)]})
        page = server.soap(contacts, headers=size).find(PARTNER + "result")
        expect("first part", (text(page, "done"), text(page, "size")), ("false", "250"))
        expect("queryLocator", text(page, "queryLocator"), re.compile(r"^01g\w{12,15}-200$"))
        more = server.soap(f"<queryMore><queryLocator>{text(page, 'queryLocator')}</queryLocator></queryMore>",
                           headers=size).find(PARTNER + "result")
        expect("second part", (text(more, "done"), len(more.findall(PARTNER + "records"))), ("true", 50))
        broken = fault(server.soap("<query><queryString>SELECT Id FORM User</queryString></query>"))
        expect("a broken query", (broken[0], broken[2]), ("sf:MALFORMED_QUERY", "MALFORMED_QUERY"))
        expect("a broken query", broken[3],
               "\nSELECT Id FORM User\n          ^\nERROR at Row:1:Column:11\nunexpected token: 'FORM'")
        found = results(server.soap(f"<retrieve><fieldList>Id,Title</fieldList><sObjectType>User</sObjectType><ids>"
                                    f"{self.dora}</ids><ids>005000000000000AAA</ids></retrieve>"))
        expect("retrieve", [row.get(NIL) for row in found], [None, "true"])
        expect("retrieve", text(found[0], "Title", SOBJECT), "Queen")
        user = results(server.soap("<describeSObjects><sObjectType>User</sObjectType><sObjectType>Group</sObjectType>"
                                   "</describeSObjects>"))
        expect("describeSObjects", [text(one, "name") for one in user], ["User", "Group"])
        alias = [one for one in user[0].findall(PARTNER + "fields") if text(one, "name") == "Alias"][0]
        expect("describe of Alias", (text(alias, "length"), text(alias, "nillable"), text(alias, "type")),
               ("8", "false", "string"))
        expect("facts in the order of the WSDL", names(alias), sorted(names(alias)))
        objects = server.soap("<describeGlobal/>").find(PARTNER + "result").findall(PARTNER + "sobjects")
        expect("describeGlobal", {text(one, "name"): text(one, "keyPrefix") for one in objects}["UserLogin"], "0Yw")
        info = server.soap("<getUserInfo/>").find(PARTNER + "result")
        expect("getUserInfo", (text(info, "userId"), text(info, "organizationId")), (self.me, self.org_id))
        now = server.soap("<getServerTimestamp/>").find(PARTNER + "result")
        expect("getServerTimestamp", text(now, "timestamp"), re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"))

    def soap_passwords_and_refusals(self):
        server = self.server
        expect("setPassword", names(server.soap(f"<setPassword><userId>{self.dora}</userId><password>{self.password}"
                                                "</password></setPassword>")), ["result"])
        expect("setPassword again", fault(server.soap(
            f"<setPassword><userId>{self.dora}</userId><password>{self.password}</password></setPassword>"))[2:],
            ("INVALID_NEW_PASSWORD", "invalid repeated password"))
        expect("setPassword of oneself", fault(server.soap(
            f"<setPassword><userId>{self.me}</userId><password>{self.password}</password></setPassword>"))[2:],
            ("INSUFFICIENT_ACCESS", "Cannot set password for self"))
        reset = server.soap(f"<resetPassword><userId>{self.dora}</userId></resetPassword>").find(PARTNER + "result")
        expect("resetPassword", len(text(reset, "password")) > 7, True)
        expect("search", fault(server.soap("<search><searchString>FIND {a}</searchString></search>"))[2],
               "FUNCTIONALITY_NOT_ENABLED")
        expect("an unknown operation", fault(server.soap("<dance/>"))[:2],
               ("soapenv:Client", "No operation available for request {urn:partner.soap.sforce.com}dance, please"
                                  " check the WSDL for the service."))
        refused = server.send("POST", SOAP + "65.0", b"<!DOCTYPE a><a/>", {"Content-Type": "text/xml"})
        expect("a document type", (refused.status, b"soapenv:Client" in refused.body), (500, True))

    def tell(self):
        for part in (self.oauth, self.reads, self.rest_rows, self.rest_passwords, self.rest_collections,
                     self.rest_composites, self.soap_login, self.soap_rows, self.soap_reads,
                     self.soap_passwords_and_refusals):
            before = checks
            try:
                part()
            except (OSError, http.client.HTTPException, AttributeError, KeyError, IndexError, TypeError,
                    ValueError, ElementTree.ParseError) as e:
                sys.exit(f"after check {checks}, in {part.__name__}: an answer of another form: {e!r}")
            print(f"{part.__name__}: {checks - before} checks")
        print(f"all {checks} checks passed")


def endpoints(arguments):
    """Base URL, client id and secret: given, or found in the "salesforce" part of the sandbox's endpoints."""
    if len(arguments) == 3:
        return arguments
    if len(arguments) == 1:
        with open(arguments[0], encoding="utf-8") as file:
            salesforce = json.load(file)["salesforce"]
        return [salesforce["url"], salesforce["clientId"], salesforce["clientSecret"]]
    sys.exit(__doc__)


if __name__ == "__main__":
    Story(*endpoints(sys.argv[1:])).tell()
