"""What a material is made of, by its name; where that says nothing, by how much light it lets through and reflects.

Names are what modellers left: 'dark_wood', 'Chrom', 'tela_roja', 'verre2', 'wood:oak-b88d5a'. Words are split where
letters end and where capitals begin, without accents, and begin with one of the stems below: words of English, Spanish,
French, German, Italian and Polish. A few stems count within a word too, as in 'darkwood' and 'plexiglas'. The first
word that says something decides; leather is told from the fabric whose family it belongs to.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from assets_catalog.mesh import AssetMaterial
from assets_catalog.record import Substance

CLEAR_BELOW = 0.99
"""Opacity of what lets light through."""

_WORDS: Mapping[Substance, str] = {
    "mirror": "mirror espejo miroir spiegel specchio lustro",
    "glass": "glass glas vidrio verre vetro crystal cristal kristal szklo plexi",
    "wood": "wood wooden oak pine walnut birch beech cherry mahogany teak wenge bamboo plywood parquet timber madera "
    "roble pino nogal bois chene noyer holz eiche buche kiefer legno drewno mdf veneer",
    "leather": "leather leder cuir cuero piel skai skora",
    "fabric": "fabric cloth textile tissu toile tela stoff tessuto cotton wool linen velvet felt canvas denim "
    "cushion pillow cojin coussin blanket sheet mattress colchon matelas curtain cortina rideau towel toalla "
    "upholstery tapiz tapis sofa shade pantalla",
    "carpet": "carpet rug alfombra moquette teppich",
    "metal": "metal metall metalic chrome chrom cromo steel stahl acier acero inox alu alum aluminium aluminum "
    "aluminio iron eisen hierro fer brass laiton laton messing copper cobre cuivre kupfer gold golden dore silver "
    "argent plata bronze zinc nickel titan",
    "plastic": "plastic plastik plastico plastique kunststoff pvc acrylic vinyl rubber gomma goma caoutchouc gummi "
    "polycarbonate nylon melamine",
    "ceramic": "ceramic ceramica ceramique keramik porcel porcelain porzellan terracotta earthenware enamel",
    "stone": "stone marble marmol marbre marmor granite granit granito piedra pierre stein slate travertine quartz",
    "paper": "paper papel papier carta cardboard carton page",
    "foliage": "leaf leaves leave foliage feuille feuillage hoja hojas blatt foglia lisc plant planta plante flower "
    "flor fleur petal stem tige tallo fern ivy palm",
    "bark": "bark trunk tronco tronc corteza ecorce stamm",
    "brick": "brick ladrillo brique ziegel",
    "tile": "tile azulejo carrelage fliese",
    "concrete": "concrete cement hormigon beton",
    "plaster": "plaster stucco yeso platre gips",
    "ground": "soil earth dirt tierra terre erde",
    "water": "water agua eau wasser",
    "unknown": "paint lacquer laquer lack pintura peinture lakier",
}
"""Substance -> stems of words; of stems that fit, the longest decides. Paint hides what is below it."""
_WITHIN = ("wood", "glass", "metal", "leather", "steel", "plastic", "chrom", "mirror", "ceramic", "marble", "fabric")
"""Stems that count in the middle of a word too."""
_WHOLE = ("alu", "fer", "page", "fir", "tela", "flor", "eau", "titan", "stem", "rug", "sheet", "palm", "pine", "piel")
"""Words that say something only as a whole, but for an s: 'page', not 'pager'."""


def substance_of(material: AssetMaterial) -> Substance:
    """Returns what a material is made of; "unknown" where nothing says."""
    said = [found for word in _words(material.name) if (found := _said_by(word)) is not None]
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
def _stems() -> tuple[tuple[str, Substance], ...]:
    """Returns all stems, the longest first."""
    pairs = [(stem, substance) for substance, stems in _WORDS.items() for stem in stems.split()]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _said_by(word: str) -> Substance | None:
    for stem, substance in _stems():
        whole = word.removesuffix("s") == stem.removesuffix("s")
        if whole or (stem not in _WHOLE and (word.startswith(stem) or (stem in _WITHIN and stem in word))):
            return substance
    return None
