#!/bin/bash
# in-ns.sh CMD.. : runs CMD with the resolv.conf, hosts and krb5.conf of a domain of two controllers, in a mount
# namespace of its own, so that nothing changes outside. Settings by environment, the second controller's as AD_*2:
#   AD_REALM (EXAMPLE.TEST)  AD_DIR AD_IP (127.0.0.11) AD_HOST (dc1)  AD_DIR2 AD_IP2 (127.0.0.12) AD_HOST2 (dc2)
set -euo pipefail
realm=${AD_REALM:-EXAMPLE.TEST}; dns=${realm,,}
ip=${AD_IP:-127.0.0.11}; host=${AD_HOST:-dc1}; ip2=${AD_IP2:-127.0.0.12}; host2=${AD_HOST2:-dc2}
names=${AD_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/samba-ad/dc1}/names; mkdir -p "$names"
printf '127.0.0.1 localhost\n%s %s.%s %s\n%s %s.%s %s\n' "$ip" "$host" "$dns" "$host" "$ip2" "$host2" "$dns" "$host2" > "$names/hosts"
printf 'search %s\nnameserver %s\n' "$dns" "$ip" > "$names/resolv.conf"
printf '[libdefaults]\n default_realm = %s\n dns_lookup_kdc = false\n rdns = false\n[realms]\n %s = {\n  kdc = %s\n  kdc = %s\n }\n' \
  "$realm" "$realm" "$ip" "$ip2" > "$names/krb5.conf"
export NAMES=$names KRB5_CONFIG=$names/krb5.conf
exec unshare -m bash -c 'mount --bind "$NAMES/resolv.conf" "$(readlink -f /etc/resolv.conf)"; mount --bind "$NAMES/hosts" /etc/hosts; exec "$@"' _ "$@"
