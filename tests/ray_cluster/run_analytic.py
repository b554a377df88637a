"""A driver in a process of its own: RECORD.json OUT FUNCTION WORKERS, with the analytic renderer."""

import sys
from pathlib import Path

from ray_cluster.driver import make_units
from scenegen.dataset.places import located
from schemas.run_record import RunRecord

if __name__ == "__main__":
    record = RunRecord.model_validate_json(Path(sys.argv[1]).read_bytes())
    make_units(
        record,
        located(sys.argv[2]),
        "builtin",
        int(sys.argv[4]),
        lambda event: None,
        frames=f"analytic:{sys.argv[3]}",
    )
