#!/bin/bash
# Is a receipt in the log? With nothing but sha256sum, as docs/transparency-log.md says it:
# inclusion_by_hand.sh RECEIPT_FILE POSITION SIZE ROOT_HEX < PROOF_JSON
set -eu
receipt=$1 place=$(($2 - 1)) last=$(($3 - 1)) root=$4

bytes() { printf "$(sed 's/../\\x&/g' <<<"$1")"; }
leaf() { { printf '\x00'; cat "$1"; } | sha256sum | cut -c 1-64; }
node() { { printf '\x01'; bytes "$1"; bytes "$2"; } | sha256sum | cut -c 1-64; }

mine=$(leaf "$receipt")
for beside in $(grep -o '[0-9a-f]\{64\}'); do
  if [ $((place % 2)) = 1 ] || [ "$place" = "$last" ]; then
    mine=$(node "$beside" "$mine")
    while [ $((place % 2)) = 0 ] && [ "$place" != 0 ]; do
      place=$((place / 2)) last=$((last / 2))
    done
  else
    mine=$(node "$mine" "$beside")
  fi
  place=$((place / 2)) last=$((last / 2))
done
if [ "$last" != 0 ] || [ "$mine" != "$root" ]; then
  echo "not in the log: $mine"
  exit 1
fi
echo 'in the log'
