"""Stands for `scenegen` where the scripts are tried: HOST:PORT last; it waits for two nodes, which make and encode.

Before that it looks in without the token, and says whether it was let in.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from ray_cluster.which_ray import choose_ray

KNOCK = "import sys; from ray._raylet import GcsClient; GcsClient(address=sys.argv[1]).check_alive([], timeout=60)"
MEETING = Path(__file__).with_name("meeting.py")
SCENEGEN = [sys.executable, "-c", "from ray_cluster.cli import main; main()"]


def main(generate: list[str]) -> int:
    address = generate[-1]
    stranger = {name: value for name, value in os.environ.items() if not name.startswith("RAY_AUTH")}
    knocked = subprocess.run(
        [sys.executable, "-c", KNOCK, address], env=stranger, capture_output=True, text=True, check=False
    )
    print("let in" if knocked.returncode == 0 else f"refused: {'Unauthenticated' in knocked.stderr}", flush=True)
    wait_for_two(address)
    if status := subprocess.run([sys.executable, MEETING, *generate], check=False).returncode:
        return status
    out = generate[2]
    options = ["--epoch", "1", "--tasks", "depth", "--workers", "2", "--address", address]
    return subprocess.run([*SCENEGEN, "encode", out, f"{out}-1", *options], check=False).returncode


def wait_for_two(address: str) -> None:
    choose_ray(address)
    from ray_cluster.embedded import ray  # noqa: PLC0415 - after it is chosen

    ray.init(address=address, log_to_driver=False)
    while sum(node["Alive"] for node in ray.nodes()) < 2:
        time.sleep(0.2)
    ray.shutdown()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
