"""What a dataset's card says of frames that others rendered: their conventions, what is not known of them, licence."""

from schemas.errors import one_line
from schemas.ingested import Ingested

_LACKING = {
    "scene": "what things stand on, how large they are and what they are made of",
    "pose": "where the camera stands: `cam2world` is that of a level camera at the origin",
    "normals": "the normals: those stored are the slopes of the depth, good enough to look at",
    "classes": "the classes of objects",
    "instances": "which pixels of a class are one object",
}
_CUT = "Both sides of a frame were cut to multiples of 16, evenly, and K moved with the cut; nothing was scaled."
_JUDGED = """\
Others rendered these frames. Each was judged by the gates that a stored frame can be asked; {dropped} of {found} were
left out, and `run.json` says which and why. No second witness confirms the buffers."""
_LICENSED = "Others rendered these frames, and they keep their licence: {license}. No model of ours stands in them."
_UNLICENSED = "Others rendered these frames, and they keep their licence, which was not stated when they were taken in."


def ingested_conventions(ingested: Ingested) -> list[str]:
    """Returns what a user must know of the frames, one item each."""
    mended = [f"Mended: {what}, {pixels} pixels of all frames." for what, pixels in ingested.mended.items()]
    unknown = [f"Not known: {_LACKING[name]}." for name in ingested.lacking]
    return [ingested.told, *mended, *unknown, _CUT]


def ingested_judged(ingested: Ingested, frames: int) -> str:
    """Returns how far the frames can be trusted; `frames`: how many were taken."""
    return _JUDGED.format(dropped=len(ingested.dropped), found=frames + len(ingested.dropped))


def ingested_license(ingested: Ingested) -> str:
    """Returns under which licence the frames are."""
    return _LICENSED.format(license=one_line(ingested.license)) if ingested.license else _UNLICENSED
