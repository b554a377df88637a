"""MTL files: blocks by name, and numbers that are there and sane or else the default."""

import pytest

from assets_catalog.wavefront.mtl import read_mtl

TEXT = "# made by hand\r\nNs 1\r\nnewmtl oak\r\nKd 0.2 0.4 0.6\r\nmap_Kd a b.png\r\nnewmtl glass\r\nd 0.25\r\n"


def test_each_block_holds_its_own_statements() -> None:
    found = read_mtl(TEXT)
    assert found.keys() == {"oak", "glass"}
    assert found["oak"].statements == {"Kd": "0.2 0.4 0.6", "map_Kd": "a b.png"}
    assert found["glass"].numbers("d", [1.0]) == [0.25]


@pytest.mark.parametrize("given", ["", "Kd", "Kd 0.2", "Kd red green blue", "Kd nan 0 0", "Kd -1 0 0"])
def test_absent_and_broken_numbers_give_the_default(given: str) -> None:
    material = read_mtl(f"newmtl oak\n{given}\n")["oak"]
    assert material.numbers("Kd", (0.8, 0.8, 0.8)) == [0.8, 0.8, 0.8]
