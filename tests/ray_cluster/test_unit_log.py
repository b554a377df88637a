"""A unit's log is quoted by its end, in one line of bounded length."""

from pathlib import Path

from ray_cluster.unit_log import last_words, log_path
from schemas.run_spec import RunSpec
from schemas.unit import units_of

(UNIT,) = units_of(RunSpec(scenes=1))


def test_the_last_words_are_one_short_line_without_the_noise_of_a_crash(tmp_path: Path) -> None:
    path = log_path(tmp_path, UNIT)
    lines = [*map(str, range(1000)), "x" * 10_000, "", "Fatal  error: \udcff", "Extension modules: a, b"]
    path.write_bytes("\n".join(lines).encode(errors="surrogateescape"))
    words = last_words(tmp_path, UNIT)
    numbers = " | ".join(map(str, range(992, 1000)))
    assert words == f"; {path} ends: {numbers} | {'x' * 100} | Fatal error: \ufffd"


def test_nothing_is_quoted_where_nothing_was_said(tmp_path: Path) -> None:
    assert not last_words(tmp_path, UNIT)
    log_path(tmp_path, UNIT).write_text("\n \n")
    assert not last_words(tmp_path, UNIT)
    looking = "00:00.599  cycles           | WARNING CUEW initialization failed: Error opening the library\n"
    log_path(tmp_path, UNIT).write_text(looking)
    assert not last_words(tmp_path, UNIT)
