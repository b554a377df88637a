"""Prompts for metric depth. A colour map is named unless it is the path through the cube, as are lambda and c.

Numbers are written in full, so that reading gives the very same float.
"""

from dataclasses import replace

from scenegen.encoders.hilbert import PATH_NAMES
from scenegen.encoders.prompts.grammar import Case, Clause, Grammar, Slot, Value, templates_of
from scenegen.encoders.prompts.request import COLOR_MAPS, EXPONENT, RAINBOW, SCALE_M, DepthRequest

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?"
_LIST = ", ".join(PATH_NAMES)

_VALUES: dict[str, Slot[DepthRequest]] = {
    "map": Value(
        "|".join(name for name in COLOR_MAPS if name != RAINBOW),
        lambda request, _: request.color_map,
        lambda parsed, text: replace(parsed, color_map=text),
    ),
    "exponent": Value(
        _NUMBER,
        lambda request, _: repr(float(request.exponent)),
        lambda parsed, text: replace(parsed, exponent=float(text)),
    ),
    "scale": Value(
        _NUMBER,
        lambda request, _: repr(float(request.scale_m)),
        lambda parsed, text: replace(parsed, scale_m=float(text)),
    ),
}


def _color_map(named: tuple[str, ...], rainbow: tuple[str, ...]) -> Clause[DepthRequest]:
    """Returns a clause that names another map, and may describe the path, which goes without saying."""
    cases = (
        Case[DepthRequest](lambda request: request.color_map != RAINBOW, templates_of(*named)),
        Case[DepthRequest](lambda request: True, templates_of("", *rainbow)),
    )
    return Clause(cases, _VALUES)


def _curve(both: tuple[str, ...], exponent: tuple[str, ...], scale: tuple[str, ...]) -> Clause[DepthRequest]:
    """Returns a clause that says lambda and c where they aren't the paper's."""
    cases = (
        Case[DepthRequest](_has_own_exponent_and_scale, templates_of(*both)),
        Case[DepthRequest](lambda request: request.exponent != EXPONENT, templates_of(*exponent)),
        Case[DepthRequest](lambda request: request.scale_m != SCALE_M, templates_of(*scale)),
        Case[DepthRequest](lambda request: True, templates_of("")),
    )
    return Clause(cases, _VALUES)


def _has_own_exponent_and_scale(request: DepthRequest) -> bool:
    return request.exponent != EXPONENT and request.scale_m != SCALE_M


_SLOTS: dict[str, Slot[DepthRequest]] = {
    "in_map": _color_map(
        (", in the {map} color map", ", using the {map} color map", ", drawn in the {map} colormap"),
        (
            f", in the rainbow palette ({_LIST})",
            f", in the {'-'.join(PATH_NAMES)} palette",
            f", from black (near) through {', '.join(PATH_NAMES[1:-2])} and {PATH_NAMES[-2]} to white (infinitely far)",
        ),
    ),
    "map_sentence": _color_map(
        (" The color map is {map}.", " Colors: the {map} map.", " Distances are colored with the {map} map."),
        (
            f" Palette from near to far: {_LIST}.",
            f" Colors run {_LIST} with growing distance.",
            f" The nearest points are black, followed by {', '.join(PATH_NAMES[1:-2])} and {PATH_NAMES[-2]}; "
            "the sky is white.",
        ),
    ),
    "at_curve": _curve(
        (", with <lambda|λ> = {exponent} and c = {scale} m", ", for <lambda|λ> = {exponent} and c = {scale} meters"),
        (", with <lambda|λ> = {exponent}", ", for <lambda|λ> = {exponent}"),
        (", with c = {scale} m", ", for c = {scale} meters"),
    ),
    "curve_sentence": _curve(
        (
            " The depth curve has <lambda|λ> = {exponent} and c = {scale} m.",
            " Curve parameters: <lambda|λ> = {exponent}, c = {scale} m.",
            " A depth d stands at 1 - (1 - d/(λc))^(λ+1) of the color range, where λ = {exponent} and c = {scale} m.",
        ),
        (
            " The depth curve has <lambda|λ> = {exponent}.",
            " Curve parameter: <lambda|λ> = {exponent}.",
        ),
        (
            " The depth curve has c = {scale} m.",
            " Curve parameter: c = {scale} m.",
        ),
    ),
}

DEPTH_GRAMMAR = Grammar[DepthRequest](
    "depth",
    instructions=templates_of(
        "<Generate|Create|Produce> a metric depth map of <the input image|this photo|the scene>{in_map}{at_curve}.",
        "Turn <this image|the photo> into <a metric depth map|an image of its metric depth>{in_map}{at_curve}.",
        "Estimate the <absolute|metric> depth of <the scene|this view>[, pixel by pixel]."
        "{map_sentence}{curve_sentence}",
        "Show how many meters <every|each> pixel lies in front of the camera plane{in_map}{at_curve}.",
        "Recolor <each|every> pixel by its metric distance from the camera plane.{map_sentence}{curve_sentence}",
        "Paint <this picture|the input> by its distance from the camera plane, in meters{in_map}{at_curve}.",
        "How far away is everything? <Draw|Render> it as a metric depth image{in_map}{at_curve}.",
        "Encode the depth of <the input|this scene>, in meters, as colors.{map_sentence}{curve_sentence}",
    ),
    captions=templates_of(
        "The same view as a <depth image on an absolute scale|metric depth map>{in_map}{at_curve}.",
        "A metric depth map of <the input photo|the given view>.{map_sentence}{curve_sentence}",
        "This image <shows|encodes> the depth of <the input|the original> in meters{in_map}{at_curve}.",
        "Metric depth of <the photo|the scene>, one color for each distance.{map_sentence}{curve_sentence}",
        "A <color-coded|false-color> picture of the metric distance from the camera plane{in_map}{at_curve}.",
        "Planar depth, in meters, of everything in <the input|the given image>{in_map}{at_curve}.",
    ),
    slots=_SLOTS,
)
