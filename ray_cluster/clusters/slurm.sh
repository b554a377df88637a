#!/usr/bin/env bash
# A run on the nodes of one Slurm job: a Ray cluster of their own, which ends with it. See docs/clusters/slurm.md.
# Usage: sbatch --nodes=8 slurm.sh generate indoor /shared/rooms --catalog /shared/catalog
#SBATCH --job-name=scenegen
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=32
#SBATCH --mem-per-cpu=4G
#SBATCH --time=24:00:00
#SBATCH --signal=B:TERM@60
#SBATCH --no-kill
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=scenegen-%j.log
set -euo pipefail
umask 077 # nobody else reads the token

clusters=$(python -c 'import importlib.util as find; print(find.find_spec("ray_cluster").submodule_search_locations[0])')/clusters
folder=$(mktemp -d "$SLURM_SUBMIT_DIR/.scenegen-$SLURM_JOB_ID-XXXXXX") # all nodes see it
trap 'rm -rf "$folder"' EXIT
python -c 'import secrets; print(secrets.token_hex(32), end="")' >"$folder/token"
export RAY_AUTH_TOKEN_PATH=$folder/token SCENEGEN_RAY_TEMP=/tmp/ray-$SLURM_JOB_ID

mapfile -t nodes < <(scontrol show hostnames "$SLURM_JOB_NODELIST")
host=$(getent ahostsv4 "${nodes[0]}" | awk 'NR == 1 { print $1 }')
address=$host:$((20000 + SLURM_JOB_ID % 10000))

others=$((${#nodes[@]} - 1))
if ((others > 0)); then # a node that is lost ends nothing but itself
    srun --nodes="$others" --ntasks="$others" --cpus-per-task="$SLURM_CPUS_PER_TASK" --exclude="${nodes[0]}" \
        --kill-on-bad-exit=0 --no-kill "$clusters/node.sh" --address="$address" &
fi

"$clusters/head.sh" "$address" "$@" &
head=$!
trap 'kill -TERM "$head" 2>/dev/null || true' TERM
status=0
while kill -0 "$head" 2>/dev/null; do # a signal ends the wait, not the run
    status=0
    wait "$head" || status=$?
done
exit "$status"
