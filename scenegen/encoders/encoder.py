"""Encoder: one task, both ways: a frame becomes target and prompt, and any picture is read by what a prompt says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Shaped, UInt8

from scenegen.encoders.codec import Codec
from scenegen.encoders.prompts import ParsedPrompt, Request, draw_prompt
from schemas.frame import GBuffer
from schemas.ingested import Lacking
from schemas.scene_plan import ScenePlan
from schemas.target_spec import TargetSpec
from schemas.triplet import LegendEntry


@dataclass(frozen=True, eq=False)
class Target:
    """What one sample asks for, and the picture that answers it."""

    rgb: UInt8[np.ndarray, "h w 3"]
    prompt: str
    codec: Codec
    legend: tuple[LegendEntry, ...] = ()


@dataclass(frozen=True)
class Encoder:
    """A task: what its targets show, how they are read back, and how they are explained."""

    task: str
    """Its name in `ENCODERS`, in specs and in the data."""
    convention: str
    """What the target means, for people, as Markdown: a sentence or two of the dataset's card."""
    tag: str
    """The Hub's word for the task."""
    encode: Callable[[np.random.Generator, GBuffer, ScenePlan, TargetSpec], Target | None]
    """Draws what is asked for, its colours and the prompt; nothing where the frame shows nothing to ask for.

    Raises ValueError, naming the first pixel at fault, for buffers that break the conventions of `GBuffer`.
    """
    codec_of: Callable[[ParsedPrompt, Sequence[LegendEntry]], Codec]
    """Returns how a prompt's targets are read. The legend tells truth and excess which objects it means; `decode` does
    without."""
    needs: tuple[Lacking, ...] = ()
    """What a frame must have beside depth and picture: an ingested one that lacks it is not asked."""

    def can_ask(self, plan: ScenePlan) -> bool:
        """Tells whether what the task needs is known of a frame of this plan."""
        return plan.origin is None or not set(self.needs) & set(plan.origin.lacking)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], said: ParsedPrompt) -> Shaped[np.ndarray, "h w *channels"]:
        """Reads any RGB by what its prompt says."""
        return self.codec_of(said, ()).decode(rgb)


def painted(
    rng: np.random.Generator, gbuffer: GBuffer, codec: Codec, request: Request, legend: Sequence[LegendEntry] = ()
) -> Target:
    """Returns the target of a frame with its prompt, which `rng` words."""
    return Target(codec.encode(gbuffer), draw_prompt(rng, request), codec, tuple(legend))
