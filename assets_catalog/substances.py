"""What a material is made of, by its name; where that says nothing, by how much light it lets through and reflects.

Names are what modellers left: 'dark_wood', 'Chrom', 'tela_roja', 'verre2', 'wood:oak-b88d5a'. Words are split where
letters end and where capitals begin, without accents, and begin with one of the stems below: words of English, Spanish,
Catalan, French, German, Italian, Portuguese and Polish. A few stems count within a word too, as in 'darkwood' and
'plexiglas'. Words for substances come before words for things, and the first decides; but leather, which is told from
the fabric whose family it belongs to.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from assets_catalog.mesh import AssetMaterial
from assets_catalog.record import Substance

Stems = tuple[tuple[str, Substance], ...]

CLEAR_BELOW = 0.99
"""Opacity of what lets light through."""

_SUBSTANCES: Mapping[Substance, str] = {
    "mirror": "mirror espejo miroir spiegel specchio lustro",
    "glass": "glass glas vidrio verre vetro crystal cristal kristal szklo plexi",
    "wood": "wood wooden oak pine walnut birch beech cherry mahogany mahagoni mohogany teak wenge venge bamboo plywood "
    "parquet timber veneer mdf particleboard rattan wicker mimbre madera madeira fusta roble pino nogal bois chene "
    "noyer holz eiche buche kiefer legno drewno",
    "leather": "leather leder cuir cuero piel skai skora",
    "fabric": "fabric cloth textile tissu toile tela stoff tessuto cotton wool linen velvet felt canvas denim estofa "
    "upholstery tapiz tapis",
    "carpet": "carpet rug alfombra moquette teppich",
    "metal": "metal chrom cromo steel stahl acier acero inox alu alum iron eisen hierro fer brass laiton laton messing "
    "copper cobre cuivre kupfer gold dore silver argent plata bronze zinc nickel titan",
    "plastic": "plast kunststoff pvc acrylic vinyl rubber gomma goma caoutchouc gummi polycarbonate nylon melamine",
    "ceramic": "ceram keramik porcel porzellan terracotta earthenware enamel fayence faience faiance pottery",
    "stone": "stone rock marble marmol marbre marmor granit piedra pierre stein slate travertine quartz",
    "paper": "paper papel papier carta cardboard carton",
    "foliage": "leaf leaves leave foliage feuil hoja blatt foglia lisc petal",
    "bark": "bark corteza ecorce",
    "brick": "brick ladrillo brique ziegel",
    "tile": "tile azulejo carrelage fliese",
    "concrete": "concrete cement hormigon beton",
    "plaster": "plaster stucco yeso platre gips",
    "grass": "grass gazon hierba cesped gras",
    "ground": "soil earth dirt tierra terre erde",
    "water": "water agua eau wasser",
    "unknown": "paint lacquer laquer lack pintura peinture lakier",
}
"""Substance -> stems of the words for it; of stems that fit, the longest decides. Paint hides what is below it."""
_THINGS: Mapping[Substance, str] = {
    "fabric": "cushion pillow cojin coussin blanket sheet mattress matress colchon matelas curtain cortina rideau "
    "towel toalla sofa couch shade lampshade pantalla tablecloth clothes shirt pants pantalon jacket suit",
    "metal": "cutlery cuttelry",
    "ceramic": "crockery",
    "paper": "newspaper page",
    "foliage": "plant flower flor fleur stem tige tallo fern ivy palm hedge cactus twig",
    "bark": "tronco tronc stamm",
}
"""Substance -> stems of the words for things that are mostly of it; asked where no word names a substance."""
_WITHIN = ("wood", "glass", "metal", "leather", "steel", "plast", "chrom", "mirror", "ceram", "marble", "fabric",
           "silver")  # fmt: skip
"""Stems that count in the middle of a word too."""
_WHOLE = ("alu", "fer", "page", "tela", "flor", "eau", "titan", "stem", "rug", "sheet", "palm", "pine", "piel", "shade",
          "suit", "tile", "gras", "water", "rock", "pants")  # fmt: skip
"""Words that say something only as a whole, but for an s: 'page', not 'pager'."""


def substance_of(material: AssetMaterial) -> Substance:
    """Returns what a material is made of; "unknown" where nothing says."""
    words = _words(material.name)
    for stems in _stems():
        said = [found for word in words if (found := _said_by(word, stems)) is not None]
        if said:
            return "leather" if "leather" in said else said[0]
    if material.opacity < CLEAR_BELOW:
        return "glass"
    if material.metallic >= 0.5:
        return "mirror" if material.metallic >= 0.9 and material.roughness <= 0.05 else "metal"
    return "unknown"


def _words(name: str) -> list[str]:
    """Returns the words of a name, lower case, without accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    return re.findall(r"[a-z]{3,}", apart.lower())


@cache
def _stems() -> tuple[Stems, Stems]:
    """Returns the stems of words for substances and for things, the longest first."""

    def listed(table: Mapping[Substance, str]) -> Stems:
        pairs = [(stem, substance) for substance, stems in table.items() for stem in stems.split()]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    return listed(_SUBSTANCES), listed(_THINGS)


def _said_by(word: str, stems: Stems) -> Substance | None:
    for stem, substance in stems:
        whole = word.removesuffix("s") == stem.removesuffix("s")
        if whole or (stem not in _WHOLE and (word.startswith(stem) or (stem in _WITHIN and stem in word))):
            return substance
    return None
