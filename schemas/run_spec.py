"""RunSpec: what a run shall make, as a frozen value; YAML presets and overrides become one in `render_configs`."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from schemas.errors import did_you_mean
from schemas.flaws import FlawSpec
from schemas.model import SCHEMA_VERSION, Frozen
from schemas.ranges import Range, SidePx, Within
from schemas.recipe_specs import HallSpec, RoomSpec, StreetSpec, TabletopSpec
from schemas.target_spec import TargetSpec

HEADROOM_M = 0.2
"""Between the highest camera and the lowest ceiling."""


class Bucket(Frozen):
    """A size of picture, and how often it is drawn beside the others."""

    width_px: SidePx
    height_px: SidePx
    weight: float = Field(1.0, gt=0, le=1e6)


class DefocusSpec(Frozen):
    """How often and how strongly pictures are out of focus behind and before what they show."""

    share: float = Field(0.0, ge=0, le=1, description="share of the views with depth of field; the others are sharp")
    f_number: Annotated[Range, Within(0.7, 64.0)] = Range(low=1.8, high=8.0)


class CameraSpec(Frozen):
    """How views are drawn."""

    width_px: SidePx = 512
    height_px: SidePx = 512
    buckets: tuple[Bucket, ...] = Field(
        (), description="sizes to draw from, one for each view; where there are none, all are width_px x height_px"
    )
    shift_x: Annotated[Range, Within(-0.5, 0.5)] = Field(
        Range(low=0.0, high=0.0), description="of the principal point, right positive, in shares of the width"
    )
    shift_y: Annotated[Range, Within(-0.5, 0.5)] = Field(
        Range(low=0.0, high=0.0), description="of the principal point, downward positive, in shares of the height"
    )
    defocus: DefocusSpec = DefocusSpec()
    rigs: dict[str, Annotated[float, Field(gt=0, le=1e6)]] = Field(
        {},
        description="members of RIGS, with shares: where cameras are and how they tilt; none: height_m, pitch_deg",
    )
    spare_views: int = Field(
        6, ge=0, le=1000, description="candidates beyond those wanted, for views that a gate rejects"
    )
    fov_x_deg: Annotated[Range, Within(5.0, 150.0)] = Field(
        Range(low=58.0, high=80.0), description="horizontal field of view"
    )
    height_m: Annotated[Range, Within(0.3, 2.2)] = Field(
        Range(low=1.1, high=1.75), description=f"above the floor, and more than {HEADROOM_M} m below every ceiling"
    )
    pitch_deg: Annotated[Range, Within(-60.0, 60.0)] = Field(Range(low=-16.0, high=-3.0), description="upward positive")
    roll_deg: Annotated[Range, Within(-45.0, 45.0)] = Field(Range(low=-1.5, high=1.5), description="clockwise positive")


class RenderSpec(Frozen):
    """What renders, and how."""

    renderer: str = Field("cycles", description="a member of RENDERERS")
    device: Literal["auto", "cpu", "cuda", "optix", "hip", "oneapi", "metal"] = Field(
        "auto", description="what Cycles computes on; auto takes the fastest there is"
    )
    samples: int = Field(16, ge=1, le=65536, description="paths a pixel")
    denoise: bool = Field(True, description="OpenImageDenoise, high quality")
    prefilter: Literal["fast", "accurate"] = Field("fast", description="of the denoiser's own input passes")
    max_bounces: int = Field(8, ge=0, le=128)


class ColorSpec(Frozen):
    """How linear light becomes a photograph."""

    view_transform: Literal["AgX", "Filmic", "Khronos PBR Neutral", "Standard"] = "AgX"
    exposure_ev: Annotated[Range, Within(-4.0, 4.0)] = Field(
        Range(low=-0.3, high=0.3), description="added to the exposure that the picture's own luminance asks for"
    )
    white_balance: float = Field(
        0.7, ge=0, le=1, description="how far the light's own tint is taken out; 0 leaves it, 1 makes it neutral"
    )


class ImageSpec(Frozen):
    """How input images are stored; targets are always lossless PNG."""

    format: Literal["png", "jpeg"] = "png"
    jpeg_quality: int = Field(95, ge=1, le=100, description="4:4:4")


class TruthSpec(Frozen):
    """What the exact buffers say of surfaces that allow more than one answer."""

    normals: Literal["smooth", "geometric", "shading"] = Field(
        "smooth",
        description="smooth: interpolated between corners; geometric: of the triangles; shading: with bump, by a "
        "one-sample pass of Cycles",
    )
    glass: Literal["surface", "through"] = Field(
        "surface", description="whether panes and mirrors are surfaces, or the truth is what lies behind them"
    )


class GateSpec(Frozen):
    """Limits of the gates, whose names come first; a view that breaks one is replaced by the next candidate."""

    depth_m: Annotated[Range, Within(0.001, 1e5)] = Field(
        Range(low=0.05, high=2000.0), description="depth: every finite depth lies in it"
    )
    near_m: float = Field(
        0.2, gt=0, description="near: nearer than this, and than the recipe's own limit, counts as near"
    )
    near_share: float = Field(0.05, ge=0, le=1, description="near: at most this share of the pixels is near")
    one_object_share: float = Field(
        0.98, gt=0, le=1, description="blank: at most this share shows one and the same object"
    )
    back_m: float = Field(1.0, gt=0, description="inside: nearer than this, the backs of surfaces count")
    back_share: float = Field(
        0.15,
        ge=0,
        le=1,
        description="inside: at most this share of the pixels shows near backs, as from inside a thing",
    )
    same_view_share: float = Field(
        0.8,
        gt=0,
        le=1,
        description="distinct: at most this share shows what an accepted view of the scene shows at that place",
    )
    slope_share: float = Field(
        0.12, ge=0, le=1, description="slope: at most this share has normals that the depth belies"
    )
    axis_error: float = Field(
        0.4, ge=0, description="axes: at most so far a normal's component grows otherwise than the slope"
    )
    edge_normal_share: float = Field(
        0.085, ge=0, le=1, description="edge_normals: as slope_share, of the pixels beside edges"
    )
    flying_share: float = Field(
        0.1, ge=0, description="edges: at most this many pixels between two depths for each edge"
    )
    fov_error: float = Field(0.025, ge=0, description="fov: at most this error of K by the buffers, in focal lengths")
    clipped_share: float = Field(0.25, ge=0, le=1, description="burnt: at most this share of the pixels is burnt out")
    darkest_p99: float = Field(0.12, ge=0, le=1, description="dark: the 99th percentile of luminance is at least this")
    same_share: float = Field(
        0.998, ge=0, le=1, description="witness_ids: at least this share is confirmed by the second witness"
    )
    z_error_p999: float = Field(
        1e-3, ge=0, description="witness_depth: at most this relative error of depth at the 99.9th percentile"
    )


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
    """A run: scenes of some recipes, seen from several views, written as triplets of several tasks."""

    schema_version: Literal[4] = SCHEMA_VERSION
    seed: int = Field(0, ge=0, lt=2**63)
    scenes: int = Field(4, ge=1, le=1_000_000, description="a run lists its units one by one, hence the limit")
    views_per_scene: int = Field(2, ge=1, le=1000)
    scenes_per_unit: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        None,
        description="consecutive scenes whose frames fill one file; none: as many as 10 core-minutes and 256 MB take, "
        "by an estimate from the spec",
    )
    full_count: bool = Field(
        False,
        exclude_if=lambda is_asked: not is_asked,
        description="whether a scene that ends its unit each time is replaced by that of its next seeds, 3 times at "
        "most, before the unit is set aside",
    )
    recipe: str | Annotated[dict[str, Annotated[float, Field(gt=0, le=1e6)]], Field(min_length=1)] = Field(
        "room", description="a member of RECIPES; or several with their shares, drawn from for each scene"
    )
    catalog: str = Field(
        "builtin",
        min_length=1,
        description="a folder or URL filled by `scenegen catalog add`, or builtin; a run's record keeps its last part",
    )
    licenses: tuple[str, ...] = Field(
        (), description="SPDX ids; only assets under one of them are used; none named: all"
    )
    tasks: tuple[str, ...] = Field(
        ("depth", "normals", "semantic", "instance", "referring"), min_length=1, description="members of ENCODERS"
    )
    triplets_per_frame: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(
        {}, description="task -> how many on average, 1 where it is not named; each repeats the picture"
    )
    epoch: int = Field(0, ge=0, lt=2**31, description="another one draws other prompts, colours and subjects")
    render_preset: str = Field(
        "default",
        description="a member of render_configs/render_presets: size of the pictures, samples and denoiser, which keys "
        "of camera and render beside it overrule; given by --set, it overrules those of the preset or file instead",
    )
    keep_frames: bool = Field(True, description="write frames/ with RGB, EXR, camera and plan beside the triplets")
    splits: SplitSpec = SplitSpec()
    room: RoomSpec = RoomSpec()
    tabletop: TabletopSpec = TabletopSpec()
    street: StreetSpec = StreetSpec()
    hall: HallSpec = HallSpec()
    camera: CameraSpec = CameraSpec()
    render: RenderSpec = RenderSpec()
    color: ColorSpec = ColorSpec()
    flaws: FlawSpec = FlawSpec()
    image: ImageSpec = ImageSpec()
    truth: TruthSpec = TruthSpec()
    targets: TargetSpec = TargetSpec()
    gates: GateSpec = GateSpec()

    @model_validator(mode="after")
    def _tasks_once(self) -> "RunSpec":
        if len(set(self.tasks)) != len(self.tasks):
            raise ValueError(f"tasks names a task twice: {', '.join(self.tasks)}")
        return self

    @model_validator(mode="after")
    def _counts_of_tasks(self) -> "RunSpec":
        for task in self.triplets_per_frame:
            if task not in self.tasks:
                nearest = did_you_mean(task, self.tasks)
                raise ValueError(
                    f"triplets_per_frame names '{task}'{nearest}, which is not among tasks: {', '.join(self.tasks)}"
                )
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
