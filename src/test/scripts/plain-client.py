#!/usr/bin/env python3
"""Talks to a Salesforce org with nothing but Python's standard library: signs in with client credentials,
queries users, creates one, reads it back. It shows that the sandbox org is no private matter of one library.

    plain-client.py BASE_URL CLIENT_ID CLIENT_SECRET
    plain-client.py target/sandbox/endpoints.json

Ends with 0 when all of it worked.
"""
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

API = "/services/data/v65.0"


def endpoints(arguments):
    """Base URL, client id and secret: given, or found in the "salesforce" part of the sandbox's endpoints."""
    if len(arguments) == 3:
        return arguments
    if len(arguments) == 1:
        with open(arguments[0], encoding="utf-8") as file:
            salesforce = json.load(file)["salesforce"]
        return [salesforce["url"], salesforce["clientId"], salesforce["clientSecret"]]
    sys.exit(__doc__)


class Org:
    def __init__(self, base_url, client_id, client_secret):
        form = urllib.parse.urlencode(
            {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret})
        request = urllib.request.Request(base_url + "/services/oauth2/token", data=form.encode())
        with urllib.request.urlopen(request, timeout=10) as response:
            token = json.load(response)
        self.base_url = token["instance_url"]
        self.authorization = token["token_type"] + " " + token["access_token"]
        self.usage = ""

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.base_url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": self.authorization, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:
            self.usage = response.headers["Sforce-Limit-Info"]
            text = response.read()
        return json.loads(text) if text else None

    def query(self, soql):
        page = self.call("GET", API + "/query?" + urllib.parse.urlencode({"q": soql}))
        records = page["records"]
        while not page["done"]:
            page = self.call("GET", page["nextRecordsUrl"])
            records += page["records"]
        return records


def main():
    org = Org(*endpoints(sys.argv[1:]))
    users = org.query("SELECT Id, Username, Profile.Name FROM User WHERE IsActive = true ORDER BY Username")
    print(f"{len(users)} active users, the first is {users[0]['Username']} ({users[0]['Profile']['Name']})")

    profile = org.query("SELECT Id FROM Profile WHERE Name = 'Standard User'")[0]["Id"]
    unique = format(time.time_ns(), "x")
    person = {
        "Username": f"plain.{unique}@client.example", "LastName": "Müller-O'Hara", "Email": "plain@client.example",
        "Alias": "plain", "TimeZoneSidKey": "Europe/Berlin", "LocaleSidKey": "de_DE", "LanguageLocaleKey": "de",
        "EmailEncodingKey": "UTF-8", "ProfileId": profile}
    created = org.call("POST", API + "/sobjects/User", person)
    print(f"created {created['id']}")

    found = org.query(f"SELECT Id, LastName FROM User WHERE Username = '{person['Username']}'")
    read = org.call("GET", f"{API}/sobjects/User/{created['id']}")
    if [row["Id"] for row in found] != [created["id"]] or read["LastName"] != person["LastName"]:
        sys.exit("the user read back is not the user created")
    print(f"read back {read['Name']}, {org.usage}")

    try:
        org.call("POST", API + "/sobjects/User", person)
        sys.exit("a second user of the same username was accepted")
    except urllib.error.HTTPError as refusal:
        error = json.load(refusal)[0]
        if error["errorCode"] != "DUPLICATE_USERNAME":
            sys.exit(f"refused for an unexpected reason: {error['errorCode']}")
    print("refused the same username again, as it must")


if __name__ == "__main__":
    main()
