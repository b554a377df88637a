"""RunSpec: what a run shall make, as a frozen value; YAML presets and overrides become one in `render_configs`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from schemas.model import SCHEMA_VERSION, Frozen

MAX_SIDE_PX = 8192
"""Of a picture; files that claim more are refused before they are inflated."""


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


class RoomSpec(Frozen):
    """How rooms are drawn; lengths in metres."""

    width_m: Range = Range(low=3.6, high=5.8)
    depth_m: Range = Range(low=3.4, high=5.2)
    height_m: Range = Range(low=2.45, high=2.9)
    furniture: IntRange = Field(IntRange(low=8, high=20), description="pieces of furniture, small things not counted")
    small_things: IntRange = Field(IntRange(low=6, high=16), description="things on support surfaces")


class CameraSpec(Frozen):
    """How views are drawn."""

    width_px: SidePx = 256
    height_px: SidePx = 256
    fov_x_deg: Range = Field(Range(low=58.0, high=80.0), description="horizontal field of view")
    height_m: Range = Field(Range(low=1.1, high=1.75), description="height above the floor")
    pitch_deg: Range = Field(Range(low=-16.0, high=-3.0), description="upward positive")
    roll_deg: Range = Field(Range(low=-1.5, high=1.5), description="clockwise positive")


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
    scenes: int = Field(4, ge=1, le=100_000_000)
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
