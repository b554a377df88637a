"""What the bench makes of strace's logs: what lies outside is seen."""

from pathlib import Path

from bench.hostile_trace import read_traces

LOG = """openat(AT_FDCWD, "/etc/before", O_RDONLY) = 3
openat(AT_FDCWD, "/data/chair", O_RDONLY|O_CLOEXEC|O_PATH) = 4
landlock_restrict_self(3, 0)            = 0
openat(AT_FDCWD, "/data/chair/box.glb", O_RDONLY) = 3
openat(AT_FDCWD, "/data/chair/../secret", O_RDONLY) = 3
openat(AT_FDCWD, "/data/chair2/box.glb", O_RDONLY) = 3
open("/etc/passwd", O_RDONLY)           = 3
open("/etc/shadow", O_RDONLY)           = -1 EACCES (Permission denied)
"""


def test_opens_outside_after_the_confinement_are_seen(tmp_path: Path) -> None:
    (tmp_path / "0.1").write_text(LOG)
    (tmp_path / "0.2").write_text('open("/data/canary.png", O_RDONLY)           = 3\n')
    trace = read_traces(sorted(tmp_path.iterdir()))
    assert (trace.processes, trace.opens) == (1, 4)
    assert trace.outside == ("/data/secret", "/data/chair2/box.glb", "/etc/passwd", "/data/canary.png")
