#!/usr/bin/python3
# hand-over.py URL : reads one object's LDIF from "samba-tool user syncpasswords" and hands its password over, for tests
import base64, sys, urllib.parse, urllib.request

entry = {}
for line in sys.stdin.read().replace("\n ", "").splitlines():
    if ":" in line:
        name, value = line.split(":", 1)
        entry.setdefault(name, base64.b64decode(value[1:].strip()) if value.startswith(":") else value.strip().encode())
password = entry.get("virtualClearTextUTF8")
if password:
    asked = urllib.parse.urlencode({"policy": "default/people", "guid": entry["objectGUID"].decode(),
                                    "sequence": entry["msDS-KeyVersionNumber"].decode()}, safe="/")
    with urllib.request.urlopen(urllib.request.Request(sys.argv[1] + "?" + asked, data=password, method="POST")) as answer:
        answer.read()
print("DONE-EXIT: handed over" if password else "DONE-EXIT: nothing to hand over")
