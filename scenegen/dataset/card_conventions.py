"""The conventions of a dataset for its card, as Markdown: those of the project, and those that its spec has chosen."""

from scenegen.dataset.card_ingested import ingested_conventions
from scenegen.encoders import ENCODERS
from scenegen.renderers import convention_of
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RunSpec

_AXES = """\
The world is in metres, right-handed, z up. The camera of `cam2world` and K looks along z, x right, y down; the centre
of the top-left pixel is (0.5, 0.5)."""
_EXACT = """\
Targets are exact at pixel centres, not anti-aliased, and final in size: scaling them blends colours that mean
something."""
_SCALED = "Targets are final in size: scaling them blends colours that mean something."
_SIDES = """\
The geometric normal of a triangle says which side of it is seen; a normal always faces the camera."""
_NORMALS = {
    "smooth": f"""\
Normals are interpolated between the corners of the triangles, without bump; one that would face away, as at a smooth
silhouette, is bent until it is perpendicular to the ray.
{_SIDES}""",
    "geometric": f"Normals are those of the flat triangles. {_SIDES}",
    "shading": f"""\
Normals are those of the shading, bump included, from a pass of Cycles with one sample at the pixel's centre.
{_SIDES}""",
}
_GLASS = {
    "surface": "Window panes, glass and mirrors are surfaces: depth, normals and ids are theirs, not those behind.",
    "through": """\
Window panes, glass and mirrors are in the pictures only: depth, normals and ids are those of what lies behind them.""",
}
_HOLES = "Where a texture is less than half opaque there is a hole, in the picture and in the truth alike."
_DEFOCUS = """\
Of the pictures, {share:.0%} have depth of field (f/{low:g} to f/{high:g}): the plan's view then has a `defocus`.
Targets and buffers stay sharp: they are those of a pinhole."""
_LEFT_AND_RIGHT = """\
Prompts of segmentation tasks may speak of left and right, which is wrong in a mirrored picture."""
_SHIFT = "The principal point is shifted: it stands in K, not in the middle of the picture."


def conventions(record: RunRecord) -> list[str]:
    """Returns what a user of the dataset must know, one item each."""
    spec = record.spec
    if record.ingested is not None:
        of_tasks = [ENCODERS[task].convention for task in spec.tasks]
        mirrored = [_LEFT_AND_RIGHT] if "instance" in spec.tasks else []
        return [_AXES, *of_tasks, *ingested_conventions(record.ingested), *mirrored, _SCALED]
    of_renderer = convention_of(spec.render.renderer)
    return [
        _AXES,
        *(ENCODERS[task].convention for task in spec.tasks),
        *([of_renderer] if of_renderer else [*_normals(spec), *_defocus(spec.camera)]),
        _GLASS[spec.truth.glass],
        _HOLES,
        *_shift(spec.camera),
        *([_LEFT_AND_RIGHT] if {"instance", "referring"} & set(spec.tasks) else []),
        _EXACT,
    ]


def tasks_of_a_frame(spec: RunSpec) -> str:
    """Returns how often each task is asked of a frame, e.g. '1 depth, 2 semantic, 0.5 instance on average'."""
    counts = {task: spec.triplets_per_frame.get(task, 1.0) for task in spec.tasks}
    each = [f"{count:g} {task}{' on average' if count % 1 else ''}" for task, count in counts.items()]
    return ", ".join(each)


def image_format(spec: RunSpec) -> str:
    """Returns how pictures and targets are stored."""
    if spec.image.format == "png":
        return "images as PNG"
    return f"the picture as JPEG (quality {spec.image.jpeg_quality}, 4:4:4), the target as lossless PNG"


def sizes(camera: CameraSpec) -> str:
    """Returns the sizes of the pictures in words."""
    if not camera.buckets:
        return f"{camera.width_px} x {camera.height_px} pixels"
    total = sum(bucket.weight for bucket in camera.buckets)
    each = [f"{one.width_px} x {one.height_px} ({one.weight / total:.0%})" for one in camera.buckets]
    return f"{', '.join(each[:-1])} and {each[-1]} pixels" if len(each) > 1 else f"{each[0]} pixels"


def _normals(spec: RunSpec) -> list[str]:
    return [_NORMALS[spec.truth.normals]] if spec.keep_frames or "normals" in spec.tasks else []


def _defocus(camera: CameraSpec) -> list[str]:
    f_number = camera.defocus.f_number
    blurred = _DEFOCUS.format(share=camera.defocus.share, low=f_number.low, high=f_number.high)
    return [blurred] if camera.defocus.share else []


def _shift(camera: CameraSpec) -> list[str]:
    is_shifted = any((camera.shift_x.low, camera.shift_x.high, camera.shift_y.low, camera.shift_y.high))
    return [_SHIFT] if is_shifted else []
