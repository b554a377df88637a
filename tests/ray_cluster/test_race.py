"""The short form of `python -m bench.race`: two drivers on one run at once, in a folder and in a bucket."""

from pathlib import Path

from bench.race import STORES, Published, Races


def test_two_drivers_on_one_run_commit_each_unit_once_and_make_what_one_makes(tmp_path: Path) -> None:
    races = Races(frames=60, folder=tmp_path)
    assert races.run(1), races.faults
    assert races.units == 12
    assert dict(races.held) == dict.fromkeys(STORES, 1)


def test_a_commit_record_that_is_put_in_place_of_another_counts_twice(tmp_path: Path) -> None:
    (folder := tmp_path / "triplets" / "train").mkdir(parents=True)
    (folder / "unit-00000000.parquet").write_bytes(b"first")
    published = Published(tmp_path)
    published.look()
    (folder / "second").write_bytes(b"second")
    (folder / "second").replace(folder / "unit-00000000.parquet")
    published.look()
    published.look()
    assert published.counts == {"triplets/train/unit-00000000.parquet": 2}
