"""The digest of the code."""

from pathlib import Path

from ray_cluster.code_digest import code_digest, digest_of


def test_the_digest_is_stable_and_short() -> None:
    assert code_digest() == code_digest()
    assert len(code_digest()) == 16


def test_every_change_of_a_module_or_its_data_changes_it_and_caches_do_not(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    seen = {digest_of([tmp_path])}
    (tmp_path / "a.py").write_text("x = 2\n")
    seen.add(digest_of([tmp_path]))
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    seen.add(digest_of([tmp_path]))
    (tmp_path / "table.yaml").write_text("x: 1\n")
    seen.add(last := digest_of([tmp_path]))
    assert len(seen) == 4
    (tmp_path / "b.pyc").write_bytes(b"compiled")
    assert digest_of([tmp_path]) == last
