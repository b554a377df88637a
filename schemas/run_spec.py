"""RunSpec: what a run shall make, as a frozen value; YAML presets and overrides become one in `render_configs`."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema

from schemas.model import SCHEMA_VERSION, Frozen

MAX_SIDE_PX = 8192
"""Of a picture; files that claim more are refused before they are inflated."""
HEADROOM_M = 0.2
"""Between the highest camera and the lowest ceiling."""


def _multiple_of_16(side_px: int) -> int:
    if side_px % 16:
        below = side_px - side_px % 16
        raise ValueError(f"must be a multiple of 16, nearest are {max(below, 16)} and {below + 16}")
    return side_px


SidePx = Annotated[int, Field(ge=16, le=MAX_SIDE_PX), AfterValidator(_multiple_of_16)]


class Range(Frozen):
    """A closed interval from which values are drawn uniformly."""

    low: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> "Range":
        if self.low > self.high:
            raise ValueError(f"low {self.low} lies above high {self.high}")
        return self


class IntRange(Range):
    """A closed interval of counts."""

    low: int = Field(ge=0)
    high: int = Field(ge=0)


@dataclass(frozen=True)
class Within:
    """Annotates a Range that must lie in an interval, in what is accepted and in the JSON Schema."""

    low: float
    high: float

    def __get_pydantic_core_schema__(self, source: type[Range], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        limits = {"minimum": self.low, "maximum": self.high}
        return {**handler(schema), "properties": {"low": limits, "high": limits}}

    def _checked(self, given: Range) -> Range:
        if not self.low <= given.low <= given.high <= self.high:
            raise ValueError(f"must lie within {self.low:g} and {self.high:g}")
        return given


class RoomSpec(Frozen):
    """How rooms are drawn; lengths in metres."""

    width_m: Annotated[Range, Within(2.5, 12.0)] = Range(low=3.6, high=5.8)
    depth_m: Annotated[Range, Within(2.5, 12.0)] = Range(low=3.4, high=5.2)
    height_m: Annotated[Range, Within(2.2, 4.5)] = Range(low=2.45, high=2.9)
    furniture: Annotated[IntRange, Within(0.0, 40.0)] = Field(
        IntRange(low=8, high=20), description="pieces of furniture, small things not counted"
    )
    small_things: Annotated[IntRange, Within(0.0, 60.0)] = Field(
        IntRange(low=6, high=16), description="things on support surfaces"
    )


class CameraSpec(Frozen):
    """How views are drawn."""

    width_px: SidePx = 256
    height_px: SidePx = 256
    fov_x_deg: Annotated[Range, Within(5.0, 150.0)] = Field(
        Range(low=58.0, high=80.0), description="horizontal field of view"
    )
    height_m: Annotated[Range, Within(0.3, 2.2)] = Field(
        Range(low=1.1, high=1.75), description=f"above the floor, and more than {HEADROOM_M} m below every ceiling"
    )
    pitch_deg: Annotated[Range, Within(-60.0, 60.0)] = Field(Range(low=-16.0, high=-3.0), description="upward positive")
    roll_deg: Annotated[Range, Within(-45.0, 45.0)] = Field(Range(low=-1.5, high=1.5), description="clockwise positive")


class RenderSpec(Frozen):
    """How Cycles renders."""

    samples: int = Field(16, ge=1, le=65536, description="paths a pixel")
    denoise: bool = Field(True, description="OpenImageDenoise, high quality, fast prefilter")
    max_bounces: int = Field(8, ge=0, le=128)


class SplitSpec(Frozen):
    """Shares of the units that go to each split; they sum to one."""

    train: float = Field(1.0, ge=0, le=1)
    val: float = Field(0.0, ge=0, le=1)
    test: float = Field(0.0, ge=0, le=1)

    @model_validator(mode="after")
    def _sums_to_one(self) -> "SplitSpec":
        total = self.train + self.val + self.test
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"train + val + test is {total:g}, must be 1")
        return self


class RunSpec(Frozen):
    """A run: scenes of one recipe, seen from several views, written as triplets of several tasks."""

    schema_version: Literal[1] = SCHEMA_VERSION
    seed: int = Field(0, ge=0, lt=2**63)
    scenes: int = Field(4, ge=1, le=1_000_000, description="a run lists its units one by one, hence the limit")
    views_per_scene: int = Field(2, ge=1, le=1000)
    scenes_per_unit: int = Field(1, ge=1, le=100_000, description="consecutive scenes whose frames fill one file")
    recipe: str = Field("furnished_room", description="a member of RECIPES")
    catalog: str = Field("sweethome3d", description="a member of SOURCES")
    tasks: tuple[str, ...] = Field(("depth", "normals"), min_length=1, description="members of ENCODERS")
    keep_frames: bool = Field(True, description="write frames/ with RGB, EXR, camera and plan beside the triplets")
    splits: SplitSpec = SplitSpec()
    room: RoomSpec = RoomSpec()
    camera: CameraSpec = CameraSpec()
    render: RenderSpec = RenderSpec()

    @model_validator(mode="after")
    def _tasks_once(self) -> "RunSpec":
        if len(set(self.tasks)) != len(self.tasks):
            raise ValueError(f"tasks names a task twice: {', '.join(self.tasks)}")
        return self

    @model_validator(mode="after")
    def _cameras_under_ceilings(self) -> "RunSpec":
        highest_m, ceiling_m = self.camera.height_m.high, self.room.height_m.low
        if highest_m >= ceiling_m - HEADROOM_M:
            raise ValueError(
                f"camera.height_m.high: given {highest_m}, must lie more than {HEADROOM_M} m below room.height_m.low, "
                f"which is {ceiling_m}"
            )
        return self
