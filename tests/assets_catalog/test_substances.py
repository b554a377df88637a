"""What a material is made of is told by its name, in several languages, else by how it takes light."""

import pytest

from assets_catalog.mesh import AssetMaterial
from assets_catalog.record import Substance
from assets_catalog.substances import substance_of

GREY = (0.5, 0.5, 0.5)
NAMED: dict[str, Substance] = {
    "wood": "wood",
    "dark_wood_2": "wood",
    "Madera": "wood",
    "bois_clair": "wood",
    "DarkOak": "wood",
    "metal": "metal",
    "Chrom": "metal",
    "alu_brushed": "metal",
    "inox": "metal",
    "acier": "metal",
    "Glass": "glass",
    "vidrio": "glass",
    "verre2": "glass",
    "plexiglas": "glass",
    "espejo": "mirror",
    "tela_roja": "fabric",
    "Fabric-01": "fabric",
    "cuir": "leather",
    "leather_black": "leather",
    "Plastik": "plastic",
    "porcelana": "ceramic",
    "céramique": "ceramic",
    "marble": "stone",
    "mármol": "stone",
    "paper": "paper",
    "leaf3": "foliage",
    "Feuilles": "foliage",
    "brick_wall": "brick",
    "concrete": "concrete",
    "whiteplastics": "plastic",
    "Couch_Chrome": "metal",
    "fusta_tileable.jpg": "wood",
    "teaspoonsilver": "metal",
    "lampshade_off": "fabric",
    "wood:oak-b88d5a-0.40": "wood",
    "fabric:linen-c9bda8-0.90": "fabric",
    "fabric:leather-6a4028-0.50": "leather",
    "metal:brass-b8924f-0.30": "metal",
    "leaf:green-3f6b35-0.40": "foliage",
    "glass:blown-dfe9e6-0.05": "glass",
    "paper:print-b23a2e-0.70": "paper",
    "paint:satin-f0eee9-0.50": "unknown",
    "ceramic:glazed-f1eee8-0.20": "ceramic",
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_says_what_it_is_made_of(name: str) -> None:
    assert substance_of(AssetMaterial(name, GREY)) == NAMED[name]


@pytest.mark.parametrize(
    "name",
    ["", "Material.001", "FrontColor", "red", "stelaire", "value", "offer", "_12_", "shadeless", "suitcase", "pager"],
)
def test_a_name_that_says_nothing_leaves_it_unknown(name: str) -> None:
    assert substance_of(AssetMaterial(name, GREY)) == "unknown"


def test_where_the_name_says_nothing_light_does() -> None:
    assert substance_of(AssetMaterial("a", GREY, opacity=0.3)) == "glass"
    assert substance_of(AssetMaterial("a", GREY, metallic=1.0)) == "metal"
    assert substance_of(AssetMaterial("a", GREY, metallic=1.0, roughness=0.02)) == "mirror"


def test_the_name_comes_first() -> None:
    assert substance_of(AssetMaterial("tela", GREY, opacity=0.5)) == "fabric"
