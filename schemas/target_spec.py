"""TargetSpec: how each task's targets are drawn; a part of the RunSpec."""

from typing import Literal

from pydantic import Field

from schemas.model import Frozen

ColorMapName = Literal["plasma", "inferno", "viridis", "grayscale"]
"""Colours for depth beside the path through the RGB cube."""


class DepthTargetSpec(Frozen):
    """The curve that depth is drawn on, and its colours."""

    exponent: float = Field(-3.0, ge=-8, le=-1.5, description="lambda of the curve; the prompt says it if it is not -3")
    scale_m: float = Field(10 / 3, ge=0.1, le=200, description="c of the curve; the prompt says it if it is not 10/3 m")
    other_maps: tuple[ColorMapName, ...] = Field(
        ("plasma", "inferno", "viridis", "grayscale"), description="drawn from, each as likely; the prompt names it"
    )
    other_maps_share: float = Field(
        0.1, ge=0, le=1, description="share of the targets in one of other_maps; all others are in the paper's colours"
    )


class SemanticTargetSpec(Frozen):
    """What a legend of classes lists."""

    most_classes: int = Field(12, ge=1, le=20, description="classes of a legend at most, the absent ones included")
    absent_share: float = Field(0.3, ge=0, le=1, description="share of the legends that list classes not to be seen")
    background_share: float = Field(
        0.7, ge=0, le=1, description="share of the legends that give the background a colour; else it is black, unsaid"
    )


class InstanceTargetSpec(Frozen):
    """How the objects of a class are coloured."""

    left_to_right_share: float = Field(
        0.2, ge=0, le=1, description="share of the targets whose colours have a fixed order from left to right"
    )
    background_share: float = Field(
        0.7, ge=0, le=1, description="share of the prompts that give the background a colour; else it is black, unsaid"
    )


class ReferringTargetSpec(Frozen):
    """What is referred to."""

    most_expressions: int = Field(3, ge=1, le=3, description="expressions of a prompt at most")
    background_share: float = Field(
        0.7, ge=0, le=1, description="share of the prompts that give the background a colour; else it is black, unsaid"
    )


class TargetSpec(Frozen):
    """Of each task that leaves something to choose."""

    depth: DepthTargetSpec = DepthTargetSpec()
    semantic: SemanticTargetSpec = SemanticTargetSpec()
    instance: InstanceTargetSpec = InstanceTargetSpec()
    referring: ReferringTargetSpec = ReferringTargetSpec()
