"""A driver that joins a cluster of two nodes on this machine, one of which dies: RECORD.json OUT node|head.

It prints the hosts' process numbers that made units, each unit that was lost, and how the run ended.
"""

import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from ray_cluster.driver import Terms, make_units
from ray_cluster.events import Begun, Event, Lost
from ray_cluster.which_ray import choose_ray
from schemas.errors import InputError, ScenegenError
from schemas.run_record import RunRecord
from schemas.unit import Receipt


def main(record: RunRecord, out: Path, which: str) -> None:
    choose_ray("auto")  # before Ray is imported
    from ray.cluster_utils import Cluster  # noqa: PLC0415

    small = {"object_store_memory": 80 * 2**20, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, **small})
    doomed = cluster.add_node(num_cpus=1, object_store_memory=80 * 2**20)
    nodes = {"node": doomed, "head": cluster.head_node}
    committed: list[Receipt] = []
    at_work: set[int] = set()

    def on_event(event: Event) -> None:
        match event:
            case Begun(pid=pid):
                print("begun", pid)
                at_work.add(pid)
            case Lost(unit, reason):
                print("lost", unit.name, reason)
            case Receipt():
                committed.append(event)

    def end_a_node() -> None:
        while len(committed) < 1 or len(at_work) < 2:
            time.sleep(0.1)
        nodes[which].kill_all_processes(check_alive=False, allow_graceful=False)

    ends = threading.Thread(target=end_a_node, daemon=True)
    ends.start()
    terms = Terms(address=cluster.address)
    try:
        totals = make_units(record, out, "builtin", None, on_event, frames="analytic:slower_walls", terms=terms)
        print("totals", totals.units, totals.frames)
    except ScenegenError as error:
        print("ended:", error)
    ends.join(10)
    with suppress(Exception):
        cluster.shutdown()


if __name__ == "__main__":
    try:
        main(RunRecord.model_validate_json(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), sys.argv[3])
    except InputError as error:
        sys.exit(str(error))
