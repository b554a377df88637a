"""ScenePlan: a scene as a pure value, planned without Blender and stored with the frames as JSON."""

from typing import Annotated, Literal

import numpy as np
from jaxtyping import Float64
from pydantic import Field, model_validator

from schemas.flaws import Flaws
from schemas.geometry import Vec3
from schemas.ingested import Origin
from schemas.model import SCHEMA_VERSION, Frozen
from schemas.surface import Color, Recolor, Surface

Matrix4 = Annotated[tuple[float, ...], Field(min_length=16, max_length=16)]
"""A 4x4 matrix, row after row."""
Matrix3 = Annotated[tuple[float, ...], Field(min_length=9, max_length=9)]
"""A 3x3 matrix, row after row."""


def flat(matrix: Float64[np.ndarray, "n n"]) -> tuple[float, ...]:
    """Returns a square matrix as a tuple, row after row."""
    return tuple(float(value) for value in matrix.ravel())


def square(values: tuple[float, ...]) -> Float64[np.ndarray, "n n"]:
    """Returns the square matrix of a tuple that `flat` made."""
    side = round(len(values) ** 0.5)
    return np.array(values, dtype=np.float64).reshape(side, side)


class Box(Frozen):
    """An axis-aligned box in the axes of its object, metres."""

    center_m: Vec3
    size_m: Vec3 = Field(description="full side lengths, all positive")

    @model_validator(mode="after")
    def _solid(self) -> "Box":
        if min(self.size_m) <= 0:
            raise ValueError(f"size_m {self.size_m} is not positive")
        return self


class Sphere(Frozen):
    """A sphere in the axes of its object, metres. Seen from outside and from inside."""

    center_m: Vec3 = (0.0, 0.0, 0.0)
    radius_m: float = Field(gt=0)


class Rectangle(Frozen):
    """A flat, two-sided rectangle in its object's plane z = 0, around the origin, metres."""

    size_m: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]] = Field(
        description="full side lengths along x and y"
    )


class Look(Frozen):
    """How an object looks, in words that people have for it."""

    color_name: str = Field(description="a member of `assets_catalog.colors.COLOR_NAMES`; empty where none fits")
    color_share: float = Field(ge=0, le=1, description="of its surface that has this colour's name")
    substance: str = Field(description="a `assets_catalog.record.Substance`")
    substance_share: float = Field(ge=0, le=1)
    size_m: Vec3 | None = Field(None, description="width, depth, height of an asset, in its own axes")


class PlannedObject(Frozen):
    """One instance: an asset from the catalog, or shapes of our own (walls, frames, skirting)."""

    instance_id: int = Field(ge=1)
    class_id: int = Field(ge=1)
    class_name: str
    label: str = Field(description="what a person would call it, e.g. 'coffee table'")
    object2world: Matrix4
    asset_id: str | None = None
    boxes: tuple[Box, ...] = ()
    spheres: tuple[Sphere, ...] = ()
    rectangles: tuple[Rectangle, ...] = ()
    surface: Surface | None = Field(None, description="the look of the shapes")
    recolored: tuple[Recolor, ...] = Field((), description="parts of the asset that have another colour here")
    look: Look | None = Field(None, description="what can be said of it; nothing where nobody knows")
    supported_by: int = Field(0, ge=0, description="instance that carries it; 0 for the floor, a wall or the ceiling")
    is_named_only: bool = Field(
        False,
        exclude_if=lambda is_named_only: not is_named_only,
        description="of an ingested frame: it has ids and names; what it is made of and where it is are unknown, "
        "and object2world is the identity",
    )

    @model_validator(mode="after")
    def _asset_or_shapes(self) -> "PlannedObject":
        shapes = self.boxes or self.spheres or self.rectangles
        if self.is_named_only:
            if self.asset_id is not None or shapes or self.surface:
                raise ValueError(f"object {self.instance_id} is named only, and may have neither asset nor shapes")
            return self
        if (self.asset_id is None) != bool(shapes and self.surface):
            raise ValueError(f"object {self.instance_id} needs an asset_id, or shapes and a surface")
        return self


class Light(Frozen):
    """A light that the camera doesn't see. It shines along its own -z; a point light, all round."""

    kind: Literal["area", "point", "sun"]
    light2world: Matrix4
    power: float = Field(gt=0, description="watts; for the sun, watts a square metre")
    color: Color = (1.0, 1.0, 1.0)
    size_m: tuple[float, float] = Field((0.1, 0.1), description="sides of an area light; [0] is a point light's radius")
    angle_rad: float = Field(0.009, description="the sun's apparent diameter")


class Sky(Frozen):
    """A sky seen around the scene or through its openings; its sun disc is left to a `Light` of kind sun."""

    sun_elevation_rad: float = Field(description="below the horizon, down to -0.14, clear skies are those of twilight")
    sun_azimuth_rad: float = Field(description="heading from world +x, counter-clockwise from above")
    strength: float = Field(gt=0)
    weather: Literal["clear", "overcast", "night"] = Field(
        "clear",
        description="clear: physical, with clouds or without; overcast: grey, thrice as bright overhead as at the "
        "horizon (CIE); night: next to none",
    )
    clouds: float = Field(0.0, ge=0, le=1, description="share of a clear sky that clouds cover, about")
    variant: int = Field(0, ge=0, lt=2**31, description="skies of another variant have clouds of other shapes")


class Environment(Frozen):
    """A picture of all directions around the scene, in place of the sky: seen by the camera, and a light."""

    asset_id: str
    heading_rad: float = Field(description="where the picture's middle lies, from world +x, counter-clockwise")
    strength: float = Field(gt=0, description="multiplies its radiance")


class Defocus(Frozen):
    """A thin lens: what lies off the focused plane blurs in the picture; the exact buffers stay sharp."""

    f_number: float = Field(gt=0, description="focal length over aperture, for a sensor 36 mm along its larger side")
    focus_m: float = Field(gt=0, description="planar depth that is sharp")


class View(Frozen):
    """One candidate camera. K and cam2world in OpenCV axes, pixel centres at +0.5."""

    view_index: int = Field(ge=0, description="its place among the plan's candidates")
    width_px: int = Field(ge=16)
    height_px: int = Field(ge=16)
    intrinsics: Matrix3
    cam2world: Matrix4
    defocus: Defocus | None = None
    flaws: Flaws = Field(Flaws(), description="of the picture alone; targets and buffers have none")


class ScenePlan(Frozen):
    """Everything that Blender is told of a scene."""

    schema_version: Literal[4] = SCHEMA_VERSION
    scene_index: int = Field(ge=0)
    scene_id: str
    split: str
    recipe: str
    draw: int = Field(0, ge=0, description="how many layouts of the attempt were refused before this one")
    attempt: int = Field(0, ge=0, description="how often the scene was drawn anew because its views were rejected")
    seed: int = Field(ge=0, lt=2**64, description="seed of the scene's streams")
    objects: tuple[PlannedObject, ...]
    lights: tuple[Light, ...]
    sky: Sky | None = Field(description="nothing in an ingested frame")
    environment: Environment | None = Field(None, description="what is seen and shines instead of the sky")
    near_m: float | None = Field(
        None, gt=0, description="how near cameras may come to surfaces, where that is nearer than `gates.near_m`"
    )
    views: tuple[View, ...] = Field(description="candidates, best first: the first that pass all gates become frames")
    origin: Origin | None = Field(
        None,
        exclude_if=lambda origin: origin is None,
        description="of an ingested frame: where it is from; then objects are named only, lights and sky unknown",
    )

    @model_validator(mode="after")
    def _ids_unique(self) -> "ScenePlan":
        ids = [planned.instance_id for planned in self.objects]
        if len(set(ids)) != len(ids):
            raise ValueError("two objects share an instance_id")
        return self

    @model_validator(mode="after")
    def _planned_or_ingested(self) -> "ScenePlan":
        named_only = [planned.is_named_only for planned in self.objects]
        if self.origin is None and (self.sky is None or any(named_only)):
            raise ValueError("a scene has a sky, and objects that are made of something, unless it has an origin")
        if self.origin is not None and (self.sky or self.lights or self.environment or not all(named_only)):
            raise ValueError("of a scene that has an origin neither light nor shapes are known")
        return self

    def asset_ids(self) -> tuple[str, ...]:
        """Returns the assets used, sorted, each once."""
        models = (planned.asset_id for planned in self.objects)
        textures = (planned.surface.texture for planned in self.objects if planned.surface)
        around = (self.environment.asset_id if self.environment else None,)
        return tuple(sorted({asset_id for asset_id in (*models, *textures, *around) if asset_id is not None}))
