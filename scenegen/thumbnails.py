"""Thumbnails: small pictures of a catalog's assets, by a Blender process that draws one after another.

Models stand on light ground in soft light, as large as the picture allows, seen from the front (-y), the left (-x) and
above, so that front and up can be judged. A texture set is a lit square metre, so that its size can; an environment its
panorama, which needs no Blender. Materials are those that scenes have.

Edges: an asset that can't be drawn, or that ends or outlasts the process, yields the reason; the next one starts anew.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assets_catalog.objects import object_names
from assets_catalog.record import AnyRecord, EnvironmentRecord
from scenegen.blender_process import BlenderProcess
from scenegen.dataset.png import decode_png, encode_png
from scenegen.panorama import panorama
from schemas.errors import AssetError, DatasetError, first_line

SIDE_PX = 256
_MODULE = "scenegen.blender.thumbnails"
_PATIENCE_S = 60.0
"""For one picture."""


@dataclass(frozen=True)
class ThumbnailRequest:
    """An asset to be drawn."""

    record: AnyRecord
    read_object: Callable[[str], bytes]
    """Returns a file of the asset by its name, '<sha256>.<ending>', as `Catalog.read_object` does."""


@dataclass(frozen=True)
class ThumbnailResult:
    """A picture, or why there is none."""

    asset_id: str
    png: bytes | None
    """8-bit RGB, `SIDE_PX` wide; half as high for an environment."""
    reason: str = ""
    """One line; empty where there is a picture."""


def render_thumbnails(
    requests: Iterable[ThumbnailRequest], side_px: int = SIDE_PX, patience_s: float = _PATIENCE_S
) -> Iterator[ThumbnailResult]:
    """Yields a result for each request, in their order. Raises RenderError where Blender itself doesn't start.

    `patience_s`: how long one picture may take.
    """
    with TemporaryDirectory(prefix="scenegen-thumbnails-") as folder:
        blender = BlenderProcess(_MODULE, Path(folder))
        try:
            for request in requests:
                yield _result(request, _Draw(blender, Path(folder), side_px, patience_s))
        finally:
            blender.close()


@dataclass(frozen=True)
class _Draw:
    """How a picture comes about."""

    blender: BlenderProcess
    folder: Path
    side_px: int
    patience_s: float

    def png(self, request: ThumbnailRequest) -> bytes:
        """Returns a picture; raises AssetError or DatasetError."""
        objects = {name: request.read_object(name) for name in object_names(request.record)}
        if isinstance(request.record, EnvironmentRecord):
            (exr,) = objects.values()
            return encode_png(panorama(exr, self.side_px))
        with TemporaryDirectory(dir=self.folder) as place:
            for name, content in objects.items():
                (Path(place) / name).write_bytes(content)
            picture = Path(place) / "picture.png"
            record = request.record.model_dump(mode="json")
            asked = {"record": record, "folder": place, "png": str(picture), "side_px": self.side_px}
            answer = self.blender.ask(asked, self.patience_s)
            if not answer["ok"]:
                raise AssetError(answer["reason"])
            png = picture.read_bytes()
        decode_png(png)
        return png


def _result(request: ThumbnailRequest, draw: _Draw) -> ThumbnailResult:
    try:
        return ThumbnailResult(request.record.asset_id, draw.png(request))
    except (AssetError, DatasetError, OSError) as error:
        return ThumbnailResult(request.record.asset_id, None, first_line(error))
