#!/usr/bin/env bash
# Loads the reports that lie in a folder, once a day: ingest-inbox [--once | --healthy]
#
# Every run gives each *.csv of the folder to `mmt load`, site registries first, then by name, and writes its receipt
# beside it (NAME.csv.receipt.json). It moves nothing and deletes nothing: a file that mmt knows already is a no-op
# there, and keeps the receipt that it has. A file that was refused whole is tried again, as a new registry may settle
# it. A file of which some rows were refused is not: mmt would read all of it again, and set its good rows over
# corrections that came later; send the rows anew, or remove its receipt to have it loaded once more.
# A file that was changed a moment ago may still be on its way in, and waits for the next run.
#
#   --once     one run; its exit status is that of the worst file, as in `mmt load`: 0 all accepted or known already,
#              3 rows refused, 2 a whole file refused, 1 the machinery failed; 75 another run is under way
#   --healthy  whether the last run is recent and its machinery worked (for a health check)
#
#   INBOX         the folder (/inbox)
#   INGEST_EVERY  seconds from one run to the next (86400)
#   INGEST_FIRST  names of site registries, a pattern in small letters (sites*)
#   INGEST_SETTLE seconds for which a file must have been left alone (60)
#   INGEST_LANGUAGE  en or zh, for the sentences of the receipts (en)
set -euo pipefail
shopt -s nullglob nocaseglob

inbox=${INBOX:-/inbox}
every=${INGEST_EVERY:-86400}
last_run=$inbox/.ingest-last-run # "time status" of the last run
stopping=0

log() { printf '%s ingest: %s\n' "$(date +%FT%T%z)" "$*"; }

# The worse of two exit statuses: 1, then 2, then 3, then 0; whatever else a killed program leaves is a failure.
worse() {
  local status
  for status in 1 2 3; do
    if [ "$1" = "$status" ] || [ "$2" = "$status" ]; then echo "$status" && return; fi
  done
  echo 0
}

# A text of a receipt; the last one, as receipts of resumed loads come first.
field() { [ -e "$2" ] && sed -n "s/^  \"$1\" : \"\(.*\)\",\{0,1\}\$/\1/p" "$2" | tail -n 1; }

sha256() { sha256sum < "$1" | cut -d ' ' -f 1; }

is_settled() {
  local changed
  changed=$(stat --format=%Y "$1") || return 1
  local age=$(($(date +%s) - changed))
  [ "$age" -lt 0 ] || [ "$age" -ge "${INGEST_SETTLE:-60}" ]
}

# Loads one file; leaves its exit status in $status and its outcome in $outcome.
load() {
  local file=$1 receipt=$1.receipt.json fresh
  if [ "$(field outcome "$receipt")" = partly_loaded ] && [ "$(field sha256 "$receipt")" = "$(sha256 "$file")" ]; then
    status=3 outcome=left
    return
  fi
  status=1 outcome=failed
  fresh=$(mktemp "$inbox/.receipt.XXXXXX") || return 0
  status=0
  mmt load --format json --language "${INGEST_LANGUAGE:-en}" "$file" > "$fresh" || status=$?
  case $status in 0 | 2 | 3) ;; *) status=1 ;; esac
  outcome=$(field outcome "$fresh") || outcome=
  if [ "$status" = 1 ] || [ -z "$outcome" ]; then
    status=1 outcome=failed
    rm "$fresh"
  elif [ "$outcome" = repeated ] && [ "$(field sha256 "$fresh")" = "$(field sha256 "$receipt")" ]; then
    rm "$fresh" # the receipt of these bytes is there, and says more
  else
    chmod 644 "$fresh"
    mv "$fresh" "$receipt"
  fi
}

# All files, one after the other; returns the worst status.
run() {
  local file name worst=0 failures=0 status outcome registries=() reports=()
  local -A count=()
  if ! { [ -w "$inbox" ] && exec 9> "$inbox/.ingest-lock"; } 2> /dev/null; then
    log "cannot write to $inbox as uid $(id -u); exit status 1"
    return 1
  fi
  if ! flock --nonblock 9; then # the lock lives as long as this run or the mmt that it started
    log "another run is under way; exit status 75"
    exec 9>&-
    return 75
  fi
  for file in "$inbox"/*.csv; do
    [ -f "$file" ] || continue
    name=${file##*/}
    # shellcheck disable=SC2053 # a pattern
    if [[ ${name,,} == ${INGEST_FIRST:-sites*} ]]; then registries+=("$file"); else reports+=("$file"); fi
  done
  for file in ${registries[@]+"${registries[@]}"} ${reports[@]+"${reports[@]}"}; do
    [ "$stopping" = 0 ] || { log "stopped before ${file##*/}" && break; }
    if is_settled "$file"; then
      load "$file"
      worst=$(worse "$worst" "$status")
    else
      status=0 outcome=waiting
    fi
    count[$outcome]=$((${count[$outcome]:-0} + 1))
    [ "$outcome" = repeated ] || log "${file##*/}: $outcome, exit status $status"
    if [ "$outcome" = failed ]; then failures=$((failures + 1)); else failures=0; fi
    if [ "$failures" = 3 ]; then log "three failures in a row: the rest waits for the next run" && break; fi
  done
  log "run ended: ${count[loaded]:-0} loaded, ${count[repeated]:-0} known already," \
    "${count[partly_loaded]:-0} with rows refused, ${count[left]:-0} left with rows refused before," \
    "${count[refused]:-0} refused, ${count[failed]:-0} failed, ${count[waiting]:-0} not settled yet; exit status $worst"
  echo "$(date +%s) $worst" > "$last_run"
  exec 9>&-
  return "$worst"
}

is_healthy() {
  local time status
  if ! read -r time status 2> /dev/null < "$last_run"; then echo "no run has finished yet" && return 1; fi
  echo "last run: $(date --date="@$time" +%FT%T%z), exit status $status"
  [ "$status" != 1 ] && [ $(($(date +%s) - time)) -lt $((every + 7200)) ]
}

# A child that sleeps can be left at once when the container is stopped; a load is waited for.
wait_for_next() {
  sleep "$every" 9>&- &
  wait $! || true
  kill $! 2> /dev/null || true
}

case ${1:-} in
  --healthy) is_healthy ;;
  --once) run ;;
  '')
    trap 'stopping=1' TERM INT
    log "every $every s from $inbox"
    while [ "$stopping" = 0 ]; do
      run || true
      [ "$stopping" = 1 ] || wait_for_next
    done
    log "stopped"
    ;;
  *)
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
    exit 64
    ;;
esac
