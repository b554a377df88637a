#!/usr/bin/env bash
# Makes this machine a node of a Ray cluster, closed by a token, until a signal or the cluster ends it.
# Usage: node.sh --address=HOST:PORT      joins a cluster, once it is there; head.sh starts one
# Cores and GPUs are those that Slurm gave to the task, without Slurm all of them: a worker takes a core, or a GPU.
set -euo pipefail
: "${RAY_AUTH_TOKEN_PATH:?names the file with the token of the cluster}"
export RAY_AUTH_MODE=token RAY_USAGE_STATS_ENABLED=0

case $1 in
--address=*)
    place=${1#--address=}
    for _ in {1..300}; do
        (: </dev/tcp/"${place%:*}"/"${place##*:}") 2>/dev/null && break
        sleep 1
    done
    ;;
esac

# Ports of workers are any that are free, since another job may have a Ray on the same machine.
exec ray start "$@" --block --num-cpus="${SLURM_CPUS_PER_TASK:-$(nproc)}" --num-gpus="${SLURM_GPUS_ON_NODE:-0}" \
    --object-store-memory=104857600 --min-worker-port=0 --max-worker-port=0
