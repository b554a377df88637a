"""Asset grains: the fine structure of what models are made of, by substance.

Models bring flat colours and small pictures; grain, weave, dents and the gloss of hands keep them from looking like one
plastic. Patterns are in metres on the model's axes, and lie elsewhere for each instance.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assets_catalog.record import Substance
from scenegen.blender.nodes import Graph, Socket
from schemas.geometry import Vec3

Make = Callable[["Cut"], Socket]


@dataclass(frozen=True)
class Cut:
    """A part as its grain sees it."""

    graph: Graph
    point: Socket
    along: int
    """Axis of its longest side."""

    def noise(self, scale: float, detail: float = 2.0) -> Socket:
        """Returns noise around 0.5."""
        return self.graph.noise(self.point, scale, detail=detail)

    def fibres(self, scale: float, thin: float, detail: float) -> Socket:
        """Returns noise stretched along the longest side."""
        stretch: list[float] = [thin, thin, thin]
        stretch[self.along] = 1.0
        x, y, z = stretch
        point = self.graph.stretched(self.point, (x, y, z))
        return self.graph.noise(point, scale, detail=detail, distortion=0.4)


@dataclass(frozen=True)
class Grain:
    """What a substance does to colour, gloss and relief."""

    height: Make
    relief_m: float
    tint: tuple[float, float] = (0.96, 1.03)
    """Light of what lies low and high."""
    uneven: float = 0.06
    """How far its gloss varies."""
    clouds: tuple[float, float] = (0.94, 1.05)
    """Light of large patches."""
    sheen: float = 0.0
    carved: float = 0.0
    """Relief of a picture's own lights and darks, metres."""


def _even(cut: Cut) -> Socket:
    return cut.noise(180.0, 1.0)


def _wood(cut: Cut) -> Socket:
    return cut.fibres(2.4, 16.0, 6.0)


def _brushed(cut: Cut) -> Socket:
    return cut.fibres(12.0, 30.0, 2.0)


def _cloth(cut: Cut) -> Socket:
    """Threads, and the dents of use beneath them."""
    graph = cut.graph
    return graph.math(
        "ADD", graph.math("MULTIPLY", cut.noise(330.0, 1.0), 0.35), graph.math("MULTIPLY", cut.noise(9.0, 2.0), 0.65)
    )


def _leather(cut: Cut) -> Socket:
    graph = cut.graph
    pebbles, _ = graph.cells(cut.point, 280.0)
    creases = graph.ridges(cut.noise(10.0, 3.0), 0.05)
    return graph.math("SUBTRACT", graph.math("SUBTRACT", 1.2, pebbles), graph.math("MULTIPLY", creases, 1.5))


def _wavy(cut: Cut) -> Socket:
    return cut.noise(26.0, 1.0)


def _grit(cut: Cut) -> Socket:
    return cut.graph.noise(cut.point, 40.0, detail=5.0, harsh=0.62)


def _pile(cut: Cut) -> Socket:
    return cut.noise(240.0, 2.0)


def _veins(cut: Cut) -> Socket:
    return cut.noise(45.0, 3.0)


_ROUGH = Grain(_grit, 0.004, tint=(0.74, 1.18), clouds=(0.86, 1.1), carved=0.002)
_PILE = Grain(_pile, 0.004, tint=(0.7, 1.2), clouds=(0.88, 1.08), sheen=0.2)
_PAINTED = Grain(_even, 0.00025)
_FLAWLESS = Grain(_even, 0.0, tint=(1.0, 1.0), uneven=0.0, clouds=(1.0, 1.0))
"""The paint of cars and what is polished: unevenness would make it look frosted."""
GRAINS: Mapping[Substance, Grain] = {
    "wood": Grain(_wood, 0.0006, tint=(0.74, 1.1), uneven=0.08, clouds=(0.92, 1.06), carved=0.0004),
    "metal": Grain(_brushed, 0.00008, tint=(0.95, 1.03), uneven=0.08),
    "fabric": Grain(_cloth, 0.0032, tint=(0.84, 1.1), uneven=0.04, sheen=0.25, carved=0.001),
    "leather": Grain(_leather, 0.0009, tint=(0.8, 1.08), uneven=0.1, clouds=(0.86, 1.1)),
    "glass": _FLAWLESS,
    "mirror": _FLAWLESS,
    "plastic": Grain(_even, 0.00012, uneven=0.07),
    "ceramic": Grain(_wavy, 0.0005, tint=(0.97, 1.02), uneven=0.04),
    "tile": Grain(_wavy, 0.0005, tint=(0.94, 1.04), uneven=0.04),
    "stone": _ROUGH,
    "brick": _ROUGH,
    "plaster": _ROUGH,
    "concrete": _ROUGH,
    "asphalt": _ROUGH,
    "ground": _ROUGH,
    "bark": Grain(_grit, 0.008, tint=(0.55, 1.25), clouds=(0.82, 1.14), carved=0.004),
    "carpet": _PILE,
    "grass": _PILE,
    "paper": Grain(_pile, 0.0002, tint=(0.95, 1.03)),
    "foliage": Grain(_veins, 0.001, tint=(0.74, 1.18), uneven=0.1, clouds=(0.8, 1.14)),
    "water": Grain(_wavy, 0.002, tint=(1.0, 1.0), uneven=0.0, clouds=(1.0, 1.0)),
    "unknown": _PAINTED,
}
"""One for each substance."""
FLAWLESS_KINDS = ("coat",)
"""What a material's name begins with that is polished, whatever it is made of."""

_USUAL: Mapping[Substance, str] = {
    "fabric": "sofa armchair ottoman bean_bag cushion pillow blanket towel curtain bed mattress clothes hat "
    "shower_curtain tablecloth flag chaise_longue bag awning parasol tent hammock",
    "ceramic": "vase plate cup bowl toilet washbasin bathtub bidet urinal teapot place_setting",
    "plastic": "power_outlet light_switch network_socket keyboard mouse monitor television remote_control phone router "
    "washing_machine refrigerator dishwasher microwave toy printer",
    "metal": "faucet radiator street_lamp bollard pan dumpster",
    "carpet": "rug mat",
    "paper": "box book newspaper calendar",
}
_USUAL_OF = {name: substance for substance, names in _USUAL.items() for name in names.split()}


def grain_of(name: str, substance: Substance, class_name: str = "") -> Grain:
    """Returns the grain of a material; what nobody knows is of what things of its class mostly are."""
    if name.partition(":")[0] in FLAWLESS_KINDS:
        return _FLAWLESS
    return GRAINS[substance if substance != "unknown" else _USUAL_OF.get(class_name, "unknown")]


def shifted_point(graph: Graph) -> Socket:
    """Returns the point in the model's axes, elsewhere for each instance."""
    number = graph.node("ShaderNodeObjectInfo").outputs["Random"]
    away: Vec3 = (13.0, 7.0, 11.0)
    return graph.vectors("MULTIPLY_ADD", number, away, graph.object_coordinates())
