#!/bin/bash
# A second controller for the domain of samba-ad.sh, which replicates with the first; nothing under /etc or /var.
#   second.sh join | start | stop | kill | status | replicate | env | destroy      (join wants the first one running)
# Settings: those of samba-ad.sh for the first, and AD_DIR2 AD_IP2 (127.0.0.12) AD_HOST2 (dc2) for the second.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export AD_DIR=${AD_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/samba-ad/dc1} AD_IP=${AD_IP:-127.0.0.11} AD_HOST=${AD_HOST:-dc1}
export AD_REALM=${AD_REALM:-EXAMPLE.TEST} AD_DOMAIN=${AD_DOMAIN:-EXAMPLE} AD_ADMINPASS=${AD_ADMINPASS:-Passw0rd!Admin}
export AD_DIR2=${AD_DIR2:-$AD_DIR-2} AD_IP2=${AD_IP2:-127.0.0.12} AD_HOST2=${AD_HOST2:-dc2}
dns=${AD_REALM,,}; base="DC=${dns//./,DC=}"

# samba-ad.sh as it sees the second controller, inside the domain's own names.
second() { "$here/in-ns.sh" env AD_DIR="$AD_DIR2" AD_IP="$AD_IP2" AD_HOST="$AD_HOST2" "$here/samba-ad.sh" "$@"; }

join() {
  [ -e "$AD_DIR2/private/sam.ldb" ] && { echo "already joined: $AD_DIR2"; return 0; }
  mkdir -p "$(dirname "$AD_DIR2")"
  for _ in $(seq 1 60); do # the first one answers LDAP before it answers the datagrams by which it is found
    "$here/in-ns.sh" samba-tool domain info "$AD_HOST.$dns" >/dev/null 2>&1 && break
    sleep 0.5
  done
  "$here/in-ns.sh" samba-tool domain join "$dns" DC --configfile=/dev/null --targetdir="$AD_DIR2" \
    --server="$AD_HOST.$dns" -U"Administrator%$AD_ADMINPASS" --realm="$AD_REALM" --dns-backend=SAMBA_INTERNAL \
    --backend-store=mdb --option="interfaces=$AD_IP2/8" --option="bind interfaces only=yes" \
    --option="netbios name=${AD_HOST2^^}" -d1 > "$AD_DIR2.log" 2>&1 || { tail -20 "$AD_DIR2.log" >&2; return 1; }
  mkdir -p "$AD_DIR2/private/tls"
  cp "$AD_DIR"/private/tls/ca.pem "$AD_DIR"/private/tls/ca.key "$AD_DIR2/private/tls/"
  second adopt
}

replicate() { # what each has not yet received of the other, now
  # Not by the running servers: one that lost its partner a moment ago waits before it asks again.
  pull "$AD_DIR2" "$AD_HOST2" "$AD_HOST"
  pull "$AD_DIR" "$AD_HOST" "$AD_HOST2"
}

pull() { # DIR TO FROM
  "$here/in-ns.sh" samba-tool drs replicate --local --configfile="$1/etc/smb.conf" -U"Administrator%$AD_ADMINPASS" \
    "$2.$dns" "$3.$dns" "$base" >/dev/null
}

env_() { echo "AD_URL2=ldaps://$AD_IP2:636"; }

case ${1:-} in
  join|replicate) "$1";;
  start|stop|kill|status|destroy) second "$1";;
  env) env_;;
  *) sed -n 2,4p "$0" >&2; exit 2;;
esac
