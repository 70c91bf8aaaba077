#!/usr/bin/env bash
# Whether what runs in this container is well: mmt-health [dashboard | inbox] (exit status 0 or 1)
#
#   dashboard  it answers and reaches its database (the default)
#   inbox      the database answers, and a run has succeeded within its time
set -euo pipefail

case ${1:-dashboard} in
  dashboard)
    # Bash opens the connection itself, so the image needs no HTTP client.
    exec 3<> "/dev/tcp/127.0.0.1/${PORT:-8080}"
    printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    read -r -t 4 _ status _ <&3
    echo "/health answered $status"
    [ "$status" = 200 ]
    ;;
  # Docker knows 0 and 1 only; mmt jobs ends with 4 where there is an alert.
  inbox) mmt jobs --quiet || exit 1 ;;
  *)
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
    exit 64
    ;;
esac
