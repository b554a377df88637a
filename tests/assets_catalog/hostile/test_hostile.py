"""Hostile files, a few of each kind: each becomes an entry or is set aside on one line; nothing outside is reached.

All of them, and more that are drawn, run by `python -m bench.hostile`.
"""

import collections

import pytest

from assets_catalog.ingest.candidate import AddOptions, Prepared, SetAside
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.server import Cost, prepared
from assets_catalog.sources.folder import list_folder
from bench.hostile import listening
from tests.assets_catalog.folder_source import samples
from tests.assets_catalog.hostile.case import CANARY, Case, write_case
from tests.assets_catalog.hostile.drawn import DRAWN
from tests.assets_catalog.hostile.mutations import cases
from tests.assets_catalog.hostile.planned import PLANNED

OF_EACH_KIND = 12
LIMITS = Limits(cpu_s=2)
"""Bombs are told by time too; the rest takes none."""


def _few(port: int) -> list[Case]:
    """Returns some cases of each kind, spread evenly."""
    kinds: dict[str, list[Case]] = collections.defaultdict(list)
    for case in cases(1, OF_EACH_KIND, port):
        kinds[case.name.rpartition("-")[0]].append(case)
    assert set(kinds) == {*PLANNED, *DRAWN}
    return [case for kind in kinds.values() for case in kind[:: max(len(kind) // OF_EACH_KIND, 1)]]


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Prepared | SetAside], dict[str, Cost], int]:
    """What became of each case, by its name; what it cost; and how many connections came."""
    root = tmp_path_factory.mktemp("hostile")
    (root / CANARY).write_bytes(samples.png())
    options = AddOptions(license="CC0-1.0", class_name="chair")
    costs: dict[str, Cost] = {}
    with listening() as listener:
        for case in _few(listener.port):
            write_case(case, root / "cases")
        found = prepared(
            list_folder(root / "cases", options), options, 2, LIMITS, lambda cost: costs.update({cost.asset_id: cost})
        )
        results = {
            result.entry.asset_id if isinstance(result, Prepared) else result.asset_id: result for result in found
        }
        return results, costs, listener.calls


Taken = tuple[dict[str, Prepared | SetAside], dict[str, Cost], int]


def test_every_case_ends(taken_in: Taken) -> None:
    results, _, _ = taken_in
    assert len(results) > 150
    kinds = collections.Counter(type(result) for result in results.values())
    assert kinds[Prepared] >= 10, "flipped bytes leave some files whole"


def test_reasons_are_one_line_without_control_characters(taken_in: Taken) -> None:
    reasons = [result.reason for result in taken_in[0].values() if isinstance(result, SetAside)]
    assert all(reason and reason.isprintable() and len(reason) < 400 for reason in reasons)


def test_references_out_of_the_folder_are_named_as_such(taken_in: Taken) -> None:
    escapes = [result for name, result in taken_in[0].items() if name.startswith("folder/cases.escape-")]
    assert len(escapes) >= OF_EACH_KIND
    told = [result.reason for result in escapes if isinstance(result, SetAside)]
    assert sum("refers to" in reason for reason in told) >= 0.7 * len(escapes)


def test_the_secret_beside_the_folder_is_in_no_entry(taken_in: Taken) -> None:
    entries = [result for name, result in taken_in[0].items() if isinstance(result, Prepared)]
    stolen = [entry for entry in entries if "link-" in entry.entry.asset_id or "escape-" in entry.entry.asset_id]
    assert all(samples.png() not in content for result in stolen for content in result.objects.values())


def test_nothing_was_connected(taken_in: Taken) -> None:
    assert taken_in[2] == 0


def test_memory_and_time_stay_within_the_limits(taken_in: Taken) -> None:
    costs = taken_in[1].values()
    assert max(cost.peak_bytes for cost in costs) < 2e9
    assert max(cost.cpu_s for cost in costs) < LIMITS.cpu_s + 1.5
