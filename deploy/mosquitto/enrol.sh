#!/bin/sh
# Makes what the broker and its users need, beside mosquitto.conf (or in the folder that CYCLERIG_BROKER names):
#   ./enrol.sh broker NAME...   the authority (once) and the broker's certificate for these host names or IPv4 addresses
#   ./enrol.sh user NAME        client certificate pki/NAME.crt with pki/NAME.key, and a password in secrets/NAME
# An ACL block for the user stands in access.acl, or is copied there. The authority's key, pki/ca.key, need not stay on this machine.
set -eu
umask 077
cd "${CYCLERIG_BROKER:-$(dirname "$0")}"
mkdir -p pki secrets data
days=825

sign() { # name, subject, extensions
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "pki/$1.key" -subj "/CN=$2" -out "pki/$1.csr" 2>/dev/null
    printf '%s\n' "$3" > "pki/$1.ext"
    openssl x509 -req -in "pki/$1.csr" -CA pki/ca.crt -CAkey pki/ca.key -CAcreateserial -days $days -sha256 -extfile "pki/$1.ext" -out "pki/$1.crt" 2>/dev/null
    rm "pki/$1.csr" "pki/$1.ext"
}

case "${1:-}" in
broker)
    shift
    [ $# -gt 0 ] || { echo "enrol.sh broker needs the names by which clients reach the broker, such as broker.lab" >&2; exit 1; }
    [ -f pki/ca.key ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout pki/ca.key -subj "/CN=CycleRig broker authority" -days 3650 \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" -out pki/ca.crt 2>/dev/null
    names=""
    for name in "$@"; do
        case "$name" in *[!0-9.]*) names="$names,DNS:$name" ;; *) names="$names,IP:$name" ;; esac
    done
    sign broker "$1" "subjectAltName=${names#,}
extendedKeyUsage=serverAuth"
    ;;
user)
    name="${2:-}"
    case "$name" in
    host-?*|historian|historian-?*|viewer|viewer-?*|operator|operator-?*|admin|admin-?*) ;;
    *) echo "$name is no user: host-RIG, historian, viewer, operator or admin, the last four also with -MORE" >&2; exit 1 ;;
    esac
    case "$name" in *[!a-z0-9-]*) echo "$name is no user name: a to z, 0 to 9 and - only" >&2; exit 1 ;; esac
    [ -f pki/ca.key ] || { echo "there is no authority yet: ./enrol.sh broker NAME comes first" >&2; exit 1; }
    sign "$name" "$name" "extendedKeyUsage=clientAuth"
    openssl rand -hex 16 > "secrets/$name"
    touch passwords
    mosquitto_passwd -b passwords "$name" "$(cat "secrets/$name")"
    ;;
*)
    sed -n '2,5p' "$0" | cut -c3- >&2
    exit 1
    ;;
esac
