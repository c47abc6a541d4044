#!/usr/bin/env python3
"""Writes src/test/resources/sandbox/people.ldif: the people of the sandbox, the same in every run.

    src/test/scripts/people-ldif.py > src/test/resources/sandbox/people.ldif
"""
import base64
import random
import struct
import sys
import unicodedata

BASE = "DC=corp,DC=example,DC=com"
PEOPLE, GROUPS = "OU=People," + BASE, "OU=Groups," + BASE
SERVICE_RID = 1102
NEVER = "9223372036854775807"

# city: country, ISO code, language, given names, family names
CITIES = {
    "Berlin": ("Germany", "DE", "de-DE", "Anna Jürgen Käthe Lukas Björn Sabine Uwe Heike Torsten Ingrid".split(),
               "Müller Schröder Weiß Groß Fischer Köhler Vogel Bäcker Schäfer Jäger".split()),
    "München": ("Germany", "DE", "de-DE", "Maximilian Xaver Veronika Leni Korbinian Franziska Alois Rosa".split(),
                "Huber Mayer Gruber Obermüller Strauß Wörner Kirchhofer Baumgärtner".split()),
    "Zürich": ("Switzerland", "CH", "de-CH", "Reto Urs Beat Seraina Regula Matthias Ladina".split(),
               "Meier Bühler Gerber Zürcher Brunner Widmer Ammann".split()),
    "Paris": ("France", "FR", "fr-FR", "Chloé François Noémie Jérôme Hélène Loïc Zoé Gaël Benoît Éloïse".split(),
              "Dubois Lefèvre D'Amboise Moreau L'Hôpital Garçon Hérault Beaulieu".split()),
    "Madrid": ("Spain", "ES", "es-ES", "José Begoña Íñigo Lucía Álvaro Nuño Ángela Raúl".split(),
               "García Muñoz Núñez López Ibáñez Peña Domínguez Ordóñez".split()),
    "London": ("United Kingdom", "GB", "en-GB", "Oliver Siobhán Amelia Graham Priya Alistair Nigel Fiona".split(),
               "O'Brien Smith Patel McDonald Fitzgerald St.John D'Arcy Wright Okafor".split()),
    "New York": ("United States", "US", "en-US", "Jennifer DeShawn Michael Maria Robert Aaliyah Joseph Linda".split(),
                 "Johnson Williams Rodriguez O'Neill Cohen Washington Park Nguyen".split()),
    "São Paulo": ("Brazil", "BR", "pt-BR", "João Conceição Antônio Luísa Sebastião Inês Fábio Letícia".split(),
                  "Gonçalves Araújo Simões Magalhães Assunção Falcão Brandão".split()),
    "Warszawa": ("Poland", "PL", "pl-PL", "Łukasz Małgorzata Paweł Żaneta Grażyna Stanisław Zbigniew".split(),
                 "Wiśniewski Dąbrowska Wójcik Łuczak Śliwa Żak Kowalczyk".split()),
    "Praha": ("Czechia", "CZ", "cs-CZ", "Jiří Kateřina Ondřej Zdeňka Tomáš Žofie".split(),
              "Dvořák Šimek Němcová Kučera Říha Veselá".split()),
    "İstanbul": ("Türkiye", "TR", "tr-TR", "İbrahim Gülşen Çağla Ömer Şükrü Işıl".split(),
                 "Yılmaz Öztürk Çelik Şahin Doğan Güneş".split()),
    "Oslo": ("Norway", "NO", "nb-NO", "Bjørn Åse Øyvind Håkon Kjersti Sølvi".split(),
             "Ødegård Sørensen Bråten Håland Næss Kjærstad".split()),
    "東京": ("Japan", "JP", "ja-JP", "太郎 花子 翔太 美咲 健一 さくら 大輔".split(), "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本".split()),
    "上海": ("China", "CN", "zh-CN", "伟 芳 秀英 娜 敏 强".split(), "王 李 张 刘 陈 欧阳".split()),
    "서울": ("South Korea", "KR", "ko-KR", "민준 서연 지우 하은 도윤".split(), "김 이 박 최 정".split()),
    "Москва": ("Russia", "RU", "ru-RU", "Иван Ольга Сергей Наталья Фёдор Юлия".split(),
               "Иванов Петрова Щербаков Жукова Цветаева Соловьёв".split()),
    "دبي": ("United Arab Emirates", "AE", "ar-AE", "محمد فاطمة أحمد ليلى خالد".split(), "الهاشمي السيد المنصوري القاسمي".split()),
    "Bengaluru": ("India", "IN", "en-IN", "Lakshmi Arjun Deepika Venkatesh Sunita Rahul".split(),
                  "Krishnamurthy Reddy Rao Iyer Venkatanarasimharajuvaripeta Gowda".split()),
    "Sydney": ("Australia", "AU", "en-AU", "Kylie Bruce Matilda Lachlan Ngaire Declan".split(),
               "Taylor Campbell O'Shea Kelly Nguyen-Phillips".split()),
}
DEPARTMENTS = ["Sales", "Sales", "Marketing", "Service", "Service", "Finance", "Engineering", "Legal", "IT", "Human Resources"]
TITLES = {"Sales": "Account Executive", "Marketing": "Campaign Manager", "Service": "Service Agent", "Finance": "Controller",
          "Engineering": "Engineer", "Legal": "Counsel", "IT": "Administrator", "Human Resources": "Recruiter"}
SPECIAL = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "ı": "i", "đ": "d", "ä": "ae", "ö": "oe", "ü": "ue",
           "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}

rnd = random.Random(20261122)
out, accounts, members = [], set(), {name: [] for name in ("all", "sales", "service", "admins")}


def ascii_of(text):
    text = "".join(SPECIAL.get(c, c) for c in text)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if c.isascii() and (c.isalnum() or c in ".-"))


def escape(value):
    """RFC 4514."""
    done = "".join("\\" + c if c in ',+"\\<>;=' else c for c in value)
    if done.startswith((" ", "#")):
        done = "\\" + done
    if value.endswith(" "):
        done = done[:-1] + "\\ "
    return done


def line(name, value):
    raw = value.encode()
    if all(32 <= b < 127 for b in raw) and not value.startswith((" ", ":", "<")) and not value.endswith(" "):
        return f"{name}: {value}"
    return f"{name}:: {base64.b64encode(raw).decode()}"


def entry(dn, attributes):
    out.append("\n".join([line("dn", dn)] + [line(name, value) for name, value in attributes if value is not None]) + "\n")


def filetime(year, month, day):
    import datetime
    days = (datetime.date(year, month, day) - datetime.date(1601, 1, 1)).days
    return str(days * 86400 * 10_000_000)


number = 0


def person(given, family, city, department, account=None, cn=None, into=None, drop=(), **changes):
    """One person; `changes` replace attributes, `drop` leaves some out."""
    global number
    number += 1
    into = {"Sales": ("sales",), "Service": ("service",)}.get(department, ("all",)) if into is None else into
    country, code, language = CITIES[city][:3]
    account = account or (ascii_of(given)[:1] + ascii_of(family)).lower()[:18] or f"u{number:04d}"
    if len(account) < 3:
        account = f"u{number:04d}"
    stem, n = account, 1
    while account.lower() in accounts:
        n += 1
        account = f"{stem[:17]}{n}"
    accounts.add(account.lower())
    local = ascii_of(f"{given}.{family}".strip(".")).lower().strip(".")
    if len(local) < 4 or n > 1:
        local = account
    local = local[:60]
    display = (f"{family}{given}" if code in ("JP", "CN", "KR") else f"{given or ''} {family}").strip()
    dn = f"CN={escape(cn or f'{display} ({account})')},OU={escape(city)},{PEOPLE}"
    values = {
        "objectClass": "user", "sAMAccountName": account, "userPrincipalName": f"{account}@corp.example.com",
        "givenName": given or None, "sn": family, "displayName": display, "mail": f"{local}@example.com",
        "department": department, "title": TITLES.get(department, "Specialist"), "company": "Example Corp",
        "l": city, "co": country, "c": code, "preferredLanguage": language, "employeeID": f"E{100000 + number}",
        "telephoneNumber": f"+{rnd.randint(1, 98)} {rnd.randint(10, 999)} {rnd.randint(100000, 9999999)}",
        "userAccountControl": "512", "accountExpires": NEVER,
        "pwdLastSet": filetime(2026, rnd.randint(1, 10), rnd.randint(1, 28)),
        "lastLogonTimestamp": filetime(2026, rnd.randint(9, 11), rnd.randint(1, 20)),
    }
    values.update(changes)
    entry(dn, [(k, v) for k, v in values.items() if k not in drop])
    for group in into:
        members[group].append(dn)
    return dn


for city in CITIES:
    entry(f"OU={escape(city)},{PEOPLE}", [("objectClass", "organizationalUnit")])

managers = {}
for city, (_, _, _, given, family) in CITIES.items():
    for i in range(16):
        department = rnd.choice(DEPARTMENTS)
        into = ("admins",) if department == "IT" and i % 3 == 0 else None
        boss = managers.get(city)
        dn = person(rnd.choice(given), rnd.choice(family), city, department, into=into, manager=boss)
        managers.setdefault(city, dn)

# The awkward ones.
person("Maximilian", "Mustermann", "Berlin", "Sales", account="maximilian.muster1")
person("Maximiliane", "Mustermann", "Berlin", "Sales", account="maximilian.muster2")
person("Émilie", "O'Connor-D'Angelo", "Paris", "Sales", account="eoconnor")
person("太郎", "山田", "東京", "Sales", account="tyamada")
person("Анастасия", "Щёголева", "Москва", "Service", account="ashchegoleva")
person("نور", "الهدى", "دبي", "Service", account="nalhuda")
person("Wolfeschlegelstein", "Hausenbergerdorff" * 11 + "Hausenbergerd", "Berlin", "Legal", account="wolfe",
       cn="Wolfe (wolfe)", displayName="X" * 200, mail="wolfe@example.com")
person("", "Madonna", "New York", "Marketing", account="madonna", mail="madonna@example.com")
person("No", "Mail", "London", "Finance", account="nomail", drop=("mail",))
person("Same", "Mail", "London", "Finance", account="samemail1", mail="same.mail@example.com")
person("Same", "Mail", "London", "Finance", account="samemail2", mail="Same.Mail@example.com")
person("Ina", "Disabled", "Berlin", "Sales", account="idisabled", userAccountControl="514")
person("Ed", "Disabled", "London", "Service", account="edisabled", userAccountControl="66050")
person("Elke", "Expired", "Berlin", "Sales", account="eexpired", accountExpires=filetime(2024, 1, 1))
person("Noah", "Neverexpires", "London", "Sales", account="nnever", accountExpires="0")
person("Fiona", "Future", "Sydney", "Sales", account="ffuture", accountExpires=filetime(2099, 12, 31))
person("Lou", "Locked", "New York", "Sales", account="llocked", lockoutTime=filetime(2026, 11, 20))
person("Ulf", "Unlocked", "Oslo", "Sales", account="uunlocked", lockoutTime="0")
person("Mia", "Mustchange", "Oslo", "Sales", account="mmust", pwdLastSet="0")
person("Never", "Loggedon", "Oslo", "Sales", account="nlogged", drop=("lastLogonTimestamp",))
person("Q", "Comma", "Berlin", "Legal", account="qcomma", cn='Comma, Q. "Quote" + Plus; <Semi>', mail="q.comma@example.com")
person("Trailing", "Space", "Berlin", "Legal", account="tspace", cn="#Trailing Space ")
person("Back", "Slash", "Berlin", "Legal", account="bslash", cn="Back\\Slash = x*(y)")
person("  Pad  ded  ", " Spaces ", "Berlin", "Legal", account="padded", cn="Padded", mail="padded@example.com", displayName=" Pad  ded Spaces ")
person("Zoë", "Zwölf", "Zürich", "Engineering", account="zzwoelf", drop=("preferredLanguage", "l", "co", "c"))
person("Robert');--", "Tables", "New York", "IT", account="rtables", cn="Robert Tables", mail="bobby@example.com")
person("=1+1", "@Formula", "New York", "Finance", account="formula", cn="Formula", mail="formula@example.com")
person("Emoji 😀", "Person", "New York", "Marketing", account="emoji", cn="Emoji Person", mail="emoji@example.com")
# Member of SF-Service by its primary group alone.
person("Prim", "Group", "London", "Service", account="pgroup", into=(), primaryGroupID=str(SERVICE_RID))
# Out of the group.
for i, city in enumerate(("Berlin", "Paris", "London", "New York", "東京")):
    person("Otto", f"Outside{i + 1}", city, "Finance", account=f"outside{i + 1}", into=())


def sid(rid):
    """A SID of the sandbox's domain, as text for LDIF."""
    return base64.b64encode(struct.pack("<BB6sIIIII", 1, 5, bytes([0, 0, 0, 0, 0, 5]), 21, 1004336348, 1177238915, 682003330, rid)).decode()


def group(name, *who, rid=None):
    dn = f"CN={escape(name)},{GROUPS}"
    entry(dn, [("objectClass", "group"), ("sAMAccountName", name), ("description", f"Sandbox group {name}")]
          + [("member", m) for m in who])
    if rid:
        out[-1] += f"objectSid:: {sid(rid)}\n"
    return dn


def g(name):
    return f"CN={escape(name)},{GROUPS}"


group("Salesforce Users", g("SF-Sales"), g("SF-Admins"), g("SF-Service"), *members["all"])
group("SF-Sales", g("SF-Sales-EMEA"), g("SF-Sales-AMER"), *members["sales"][::3])
# These two contain each other.
group("SF-Sales-EMEA", g("SF-Sales-Loop"), *members["sales"][1::3])
group("SF-Sales-Loop", g("SF-Sales-EMEA"))
group("SF-Sales-AMER", *members["sales"][2::3])
group("SF-Admins", *members["admins"])
group("SF-Service", *members["service"], rid=SERVICE_RID)
group("SF-Empty")
group("Café Größe, \"quoted\"", members["all"][0])

sys.stdout.write("# Generated by src/test/scripts/people-ldif.py; do not edit by hand.\nversion: 1\n\n" + "\n".join(out))
