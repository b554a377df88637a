#!/usr/bin/env bash
# Starts the first node of a Ray cluster on this machine, runs scenegen on the cluster, ends both.
# Usage: head.sh HOST:PORT COMMAND OPTION...      such as: head.sh 10.0.0.5:26379 generate indoor /shared/rooms
# RAY_AUTH_TOKEN_PATH names the file of the cluster's token. SIGTERM goes to scenegen, which finishes its commits.
set -euo pipefail
address=$1
shift
: "${RAY_AUTH_TOKEN_PATH:?names the file with the token of the cluster}"
export RAY_AUTH_MODE=token
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

temp=${SCENEGEN_RAY_TEMP:-/tmp/ray-$$}
up=$temp/ray_current_cluster # written once the node takes part

rm -f "$up"
"$here/node.sh" --head --node-ip-address="${address%:*}" --port="${address##*:}" \
    --include-dashboard=false --temp-dir="$temp" &
ray=$!
trap 'kill -TERM "$ray" 2>/dev/null || true; wait "$ray" || true' EXIT

until [ -e "$up" ]; do
    kill -0 "$ray" || exit 1
    sleep 0.5
done

scenegen "$@" --address "$address" &
command=$!
trap 'kill -TERM "$command" 2>/dev/null || true' TERM INT
status=0
while kill -0 "$command" 2>/dev/null; do # a signal ends the wait, not the command
    status=0
    wait "$command" || status=$?
done
exit "$status"
