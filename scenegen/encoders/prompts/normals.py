"""Prompts for surface normals. Some state the convention of the colours; it is always the same."""

from scenegen.encoders.prompts.grammar import Grammar, templates_of
from scenegen.encoders.prompts.request import NormalsRequest

NORMALS_GRAMMAR = Grammar[NormalsRequest](
    "normals",
    instructions=templates_of(
        "Turn <this image|the photo|the input> into a map of its surface normals[; the sky is magenta].",
        "<Generate|Create|Produce> a surface normal map of <this image|the input image|the scene>.",
        "Color <every|each> pixel by the direction that its surface faces, as seen from the camera.",
        "Compute camera-space normals for <the scene|this view>. Surfaces that face left come out light red, those "
        "that face up light green, those that face the camera light blue.",
        "Paint the orientation of <each|every> surface: red grows to the left, green grows upward, blue grows toward "
        "the camera[; leave the sky magenta].",
        "Which way does each surface face? <Draw|Render> it as a normal map[ in camera coordinates].",
        "Replace the colors of <this photo|the picture> with surface normals[: R is (1 - x)/2, G is (1 + y)/2, B is "
        "(1 + z)/2].",
        "Estimate the normals of all visible surfaces[, in camera space,] and show them as <RGB|colors>.",
    ),
    captions=templates_of(
        "The same view with <surface orientation|surface normals> in place of color.",
        "A normal map of <the input photo|the given image|the scene>[ in camera coordinates].",
        "This image shows the unit normal (x right, y up, z toward the viewer) at <every|each> pixel: R is (1 - x)/2, "
        "G is (1 + y)/2, B is (1 + z)/2.",
        "Surface normals of <the given view|the photo>[: light red faces left, light green faces up, light blue is "
        "seen head-on, and pure magenta is sky].",
        "<A picture|An image> of which way every surface in the <input|scene> faces.",
        "Camera-space normals of everything in <the view|the photo>, encoded as RGB.",
    ),
    slots={},
)
