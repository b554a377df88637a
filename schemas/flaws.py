"""Flaws: what a real camera does to a picture, drawn for each view; the targets and buffers stay as they are."""

from typing import Annotated

from pydantic import Field

from schemas.model import Frozen
from schemas.ranges import Range, Within


class Flaws(Frozen):
    """What is done to one picture, in this order, after it was developed; nothing of it by default."""

    exposure_ev: float = Field(0.0, ge=-4, le=4, description="added in linear light: too dark or too bright")
    warmth: float = Field(0.0, ge=-1, le=1, description="wrong white balance: -1 is blue, 1 is orange")
    vignette: float = Field(0.0, ge=0, le=1, description="light lost in the corners, as a share")
    blur_px: float = Field(0.0, ge=0, le=8, description="standard deviation, pixels at a width of 1024")
    noise: float = Field(0.0, ge=0, le=0.2, description="standard deviation in the middle greys, of 1")
    jpeg_quality: int | None = Field(None, ge=10, le=100, description="compressed and opened again; None: not")


class FlawSpec(Frozen):
    """How often pictures have flaws, and how strong they are; each is drawn for itself."""

    share: float = Field(0.0, ge=0, le=1, description="of the views that have any; each flaw then comes by a half")
    exposure_ev: Annotated[Range, Within(-4.0, 4.0)] = Range(low=-1.0, high=1.0)
    warmth: Annotated[Range, Within(-1.0, 1.0)] = Range(low=-0.5, high=0.5)
    vignette: Annotated[Range, Within(0.0, 1.0)] = Range(low=0.05, high=0.4)
    blur_px: Annotated[Range, Within(0.0, 8.0)] = Range(low=0.3, high=1.5)
    noise: Annotated[Range, Within(0.0, 0.2)] = Range(low=0.002, high=0.018)
    jpeg_quality: Annotated[Range, Within(10.0, 100.0)] = Range(low=40.0, high=95.0)
