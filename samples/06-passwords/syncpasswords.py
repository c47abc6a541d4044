#!/usr/bin/python3
"""Hands the passwords that a Samba domain controller sees to the operator.

On one domain controller, as root, after "password hash gpg key ids" is set there (see src/docs/passwords.md):

  samba-tool user syncpasswords --cache-ldb-initialize --cache-ldb=CACHE --decrypt-samba-gpg \
    --attributes=objectGUID,pwdLastSet,msDS-KeyVersionNumber,virtualClearTextUTF8 --script=/abs/path/syncpasswords.py
  samba-tool user syncpasswords --cache-ldb=CACHE --logfile=LOG --daemon

/etc/salesforcesync/agent.ini (SALESFORCESYNC_AGENT names another), readable by root alone:

  [operator]
  url = https://passwords.example.com/v1/policies/NAMESPACE/NAME/passwords
  token = what the policy's Secret says
  ca = /etc/salesforcesync/ca.crt

Each changed object comes as LDIF on the standard input. The answer DONE-EXIT lets samba-tool go on with the next; without
it the loop ends and begins with the same change when it is started again, so that none is lost. The password stands on no
command line, in no file and in no message.
"""
import base64
import configparser
import http.client
import json
import os
import ssl
import sys
import time
import urllib.error
import urllib.request

PATIENCE = 600  # seconds, then the loop ends; whoever watches it starts it again


def entry(ldif):
    found = {}
    for line in ldif.replace("\r\n", "\n").replace("\n ", "").splitlines():
        name, colon, value = line.partition(":")
        if colon and not name.startswith("#"):
            encoded = value.startswith(":")
            found.setdefault(name, base64.b64decode(value[1:].strip()) if encoded else value.strip().encode())
    return found


def change(found):
    body = {
        "objectGUID": found["objectGUID"].decode(),
        "password": found["virtualClearTextUTF8"].decode(),
    }
    for name, field in (("msDS-KeyVersionNumber", "sequence"), ("pwdLastSet", "pwdLastSet")):
        if name in found:
            body[field] = int(found[name])
    return json.dumps(body).encode()


def main():
    found = entry(sys.stdin.read())
    if "virtualClearTextUTF8" not in found:
        print("DONE-EXIT: nothing to hand over")
        return 0
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(os.environ.get("SALESFORCESYNC_AGENT", "/etc/salesforcesync/agent.ini"))
    operator = settings["operator"]
    tls = ssl.create_default_context(cafile=operator.get("ca"))
    begin, wait = time.monotonic(), 0.5
    while True:
        request = urllib.request.Request(
            operator["url"],
            data=change(found),
            headers={"Authorization": "Bearer " + operator["token"], "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30, context=tls) as answer:
                print("DONE-EXIT:", json.load(answer)["result"])
                return 0
        except urllib.error.HTTPError as refused:
            if refused.code in (400, 413, 422):
                print("DONE-EXIT: it can never be taken, HTTP", refused.code)
                return 0
            why = "HTTP %d" % refused.code
        except (OSError, http.client.HTTPException) as failed:
            why = type(failed).__name__
        if time.monotonic() - begin > PATIENCE:
            print("the operator takes nothing:", why, file=sys.stderr)
            return 1
        time.sleep(wait)
        wait = min(wait * 2, 30)


if __name__ == "__main__":
    sys.exit(main())
