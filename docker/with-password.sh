#!/usr/bin/env bash
# Runs a command with a password for libpq: with-password COMMAND [ARGUMENT…]
#
# MMT_PASSWORD_FILE names a file that holds the password alone (a secret of compose). It is written into PGPASSFILE
# (/tmp/pgpass unless named), which libpq reads only if nobody else can: secrets that are mounted from the host seldom
# have such an owner and mode. So a password is on no command line and in no variable. Without MMT_PASSWORD_FILE the
# command is run as it is.
set -euo pipefail

if [ -n "${MMT_PASSWORD_FILE:-}" ]; then
  if [ ! -r "$MMT_PASSWORD_FILE" ]; then
    echo "with-password: $MMT_PASSWORD_FILE is missing or not readable by uid $(id -u); see docker/compose.yaml" >&2
    exit 1
  fi
  password=$(< "$MMT_PASSWORD_FILE")
  if [ -z "$password" ]; then
    echo "with-password: $MMT_PASSWORD_FILE is empty" >&2
    exit 1
  fi
  password=${password//\\/\\\\} # a pass file sets a backslash before \ and :
  password=${password//:/\\:}
  export PGPASSFILE=${PGPASSFILE:-/tmp/pgpass}
  (umask 077 && printf '*:*:*:*:%s\n' "$password" > "$PGPASSFILE")
  unset password MMT_PASSWORD_FILE
fi

exec "$@"
