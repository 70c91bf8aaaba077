#!/usr/bin/env bash
# Whether the dashboard of this container answers and reaches its database: mmt-health (exit status 0 or 1).
# Bash opens the connection itself, so the image needs no HTTP client.
set -euo pipefail

exec 3<> "/dev/tcp/127.0.0.1/${PORT:-8080}"
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
echo "/health answered $status"
[ "$status" = 200 ]
