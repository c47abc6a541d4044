#!/bin/bash
# capture.sh key | up SCRIPT | once | down : has the domain controller of samba-ad.sh hand every changed password to SCRIPT
# (an object's LDIF on its standard input), by "samba-tool user syncpasswords". As root, on the controller itself.
#   key   makes the GPG key under which the controller keeps clear texts, and has the controller use it (restarts it)
#   up    begins at the newest change; passwords set before "key" have no clear text and are passed over
#   once  looks once, in the foreground, instead of going on as a daemon
# Settings: those of samba-ad.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export AD_DIR=${AD_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/samba-ad/dc1}
conf=$AD_DIR/etc/smb.conf cache=$AD_DIR/private/sync-cache.ldb log=$AD_DIR/log/syncpasswords.log
export GNUPGHOME=$AD_DIR/gnupg

make_key() { # prints the long id
  mkdir -p "$GNUPGHOME"; chmod 700 "$GNUPGHOME"
  gpg --batch --list-secret-keys capture@example.test >/dev/null 2>&1 || gpg --batch --quiet --gen-key 2>/dev/null <<K
%no-protection
Key-Type: RSA
Key-Length: 2048
Key-Usage: sign
Subkey-Type: RSA
Subkey-Length: 2048
Subkey-Usage: encrypt
Name-Real: Password capture
Name-Email: capture@example.test
Expire-Date: 0
K
  gpg --batch --with-colons --list-secret-keys capture@example.test | awk -F: '$1=="sec"{print $5}'
}

key() {
  grep -qs "gpg key ids" "$AD_DIR/etc/extra.conf" && return 0
  local id before
  id=$(make_key)
  before=$(cat "$AD_DIR/etc/extra.conf")
  "$here/samba-ad.sh" stop
  AD_EXTRA="$before
password hash gpg key ids = $id" "$here/samba-ad.sh" start
}

initialize() { # SCRIPT
  rm -f "$cache"
  samba-tool user syncpasswords --configfile="$conf" --cache-ldb="$cache" --cache-ldb-initialize \
    -H "ldapi://$(sed 's#/#%2F#g' <<<"$AD_DIR/private/ldap_priv/ldapi")" \
    --attributes=objectGUID,sAMAccountName,userPrincipalName,userAccountControl,pwdLastSet,msDS-KeyVersionNumber,virtualClearTextUTF8 \
    --decrypt-samba-gpg --script="$1" >>"$log" 2>&1
}

up() { # SCRIPT
  down
  initialize "$1"
  samba-tool user syncpasswords --configfile="$conf" --cache-ldb="$cache" --logfile="$log" --daemon >/dev/null 2>&1 </dev/null
}

down() {
  [ -e "$cache" ] || return 0
  samba-tool user syncpasswords --configfile="$conf" --cache-ldb="$cache" --logfile="$log" --terminate >/dev/null 2>&1 || true
}

case ${1:-} in
  key) key ;;
  up) up "$2" ;;
  once) samba-tool user syncpasswords --configfile="$conf" --cache-ldb="$cache" --no-wait ;;
  down) down; gpgconf --homedir "$GNUPGHOME" --kill gpg-agent 2>/dev/null || true ;;
  *) sed -n 2,7p "$0" >&2; exit 2 ;;
esac
