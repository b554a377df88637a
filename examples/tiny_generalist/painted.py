"""Painted: what the network makes of some pictures, how that becomes colours, and what it costs to be wrong.

There are three ways to paint, by what is asked for:

flat    each pixel takes one of the flat brushes; the loss is the likelihood of the brush of the target's colour
mixed   each pixel has a colour of its own (normals); the loss is the distance from the target's
scale   each pixel has a place on a scale of depths, whose colours the network learns for each map; the loss is the
        likelihood of the true depth, how far it is from what was thought likely (the ranked probability score), and
        how far the scale's colours are from the target's

A depth that is not sure is painted at the median of what it may be. AbsRel counts an error by the true depth, so that
nearer depths weigh more in that median.
"""

import math
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from examples.tiny_generalist.words import ASKED

FLAT, MIXED, SCALE = range(3)
_KINDS = {"normals": MIXED, "semantic": FLAT, "instance": FLAT, "referring": FLAT}
KIND_OF_ASKED = tuple(_KINDS.get(each, SCALE) for each in ASKED)
STOPS = 40
_NEAR_M, _FAR_M = 0.25, 80.0
_DEPTHS_M = torch.logspace(math.log10(_NEAR_M), math.log10(_FAR_M), STOPS)
_NEARER = 0.75
"""Beside the weights of training; best on the frames that were trained on."""
_MIXED_LOSS, _APART_LOSS, _SCALE_COLOR_LOSS = 3.0, 0.5, 4.0


@dataclass(frozen=True)
class Painted:
    """Rows of a batch; all float32."""

    kind: Tensor
    """int64, b: FLAT, MIXED or SCALE."""
    choice: Tensor
    """b x k x h x w: logits of flat brushes."""
    colors: Tensor
    """b x k x 3, 0 to 1: theirs."""
    mixed: Tensor
    """b x 3 x h x w, about 0 to 1."""
    place: Tensor
    """b x STOPS x h x w: logits of a scale's stops."""
    scale: Tensor
    """b x STOPS x 3, 0 to 1: their colours."""

    def rgb(self) -> Tensor:
        """Returns the pictures, b x 3 x h x w, 0 to 1."""
        each = torch.stack([self._flat(), self.mixed.clamp(0, 1), self._scaled()], 1)
        return each[torch.arange(len(each)), self.kind]

    def agreed(self, mirrored: "Painted") -> "Painted":
        """Returns the mean of this and of what was made of the mirrored pictures, whose normals' x is the other way."""
        turned = mirrored.mixed.flip(3)
        turned = torch.cat([1 - turned[:, :1], turned[:, 1:]], 1)
        choice, place = (
            (mine.softmax(1) + other.flip(3).softmax(1)).div(2).clamp_min(1e-9).log()
            for mine, other in ((self.choice, mirrored.choice), (self.place, mirrored.place))
        )
        return replace(self, choice=choice, mixed=(self.mixed + turned) / 2, place=place)

    def _flat(self) -> Tensor:
        chosen = self.choice.argmax(1, keepdim=True).expand(-1, 3, -1, -1)
        return self.colors.transpose(1, 2)[..., None].expand(-1, -1, -1, chosen.shape[3]).gather(2, chosen)

    def _scaled(self) -> Tensor:
        share = (self.place.softmax(1) * _DEPTHS_M[:, None, None] ** -_NEARER).cumsum(1)
        over = share / share[:, -1:] - 0.5
        after = (over >= 0).to(torch.int8).argmax(1, keepdim=True).clamp(1, STOPS - 1)
        low, high = over.gather(1, after - 1), over.gather(1, after)
        return self._between(after[:, 0] - 1, (-low / (high - low).clamp_min(1e-9))[:, 0].clamp(0, 1))

    def _between(self, stop: Tensor, part: Tensor) -> Tensor:
        """Returns the scale's colours at a part of the way from a stop (b x h x w) to the next."""
        flat = stop.flatten(1)[..., None].expand(-1, -1, 3)
        low, high = (self.scale.gather(1, flat + step).transpose(1, 2).unflatten(2, stop.shape[1:]) for step in (0, 1))
        return low.lerp(high, part[:, None])

    def losses(self, target: Tensor, weight: Tensor, z_depth_m: Tensor) -> Tensor:
        """Returns the loss of each row; target: b x 3 x h x w, 0 to 1; weight and depth: b x h x w."""
        losses = torch.zeros(len(target))
        for kind, way in enumerate((Painted._flat_loss, Painted._mixed_loss, Painted._scale_loss)):
            rows = (self.kind == kind).nonzero()[:, 0]
            some = Painted(*[getattr(self, field.name)[rows] for field in fields(self)])
            each = way(some, target[rows], z_depth_m[rows]) * weight[rows]
            losses = losses.index_add(0, rows, each.mean((1, 2)))
        return losses

    def _flat_loss(self, target: Tensor, _: Tensor) -> Tensor:
        is_right = (target[:, None] - self.colors[..., None, None]).abs().amax(2) < 0.5 / 255
        right = self.choice.masked_fill(~is_right, -1e4).logsumexp(1)
        return (self.choice.logsumexp(1) - right) * is_right.any(1)

    def _mixed_loss(self, target: Tensor, _: Tensor) -> Tensor:
        return _MIXED_LOSS * (self.mixed - target).square().sum(1).add(1e-4).sqrt()

    def _scale_loss(self, target: Tensor, z_depth_m: Tensor) -> Tensor:
        place = ((z_depth_m / _NEAR_M).clamp(1, _FAR_M / _NEAR_M).log() / math.log(_FAR_M / _NEAR_M)) * (STOPS - 1)
        stop = place.long().clamp(max=STOPS - 2)
        part = place - stop
        logs = self.place.log_softmax(1)
        low, high = (-logs.gather(1, stop[:, None] + step)[:, 0] for step in (0, 1))
        is_past = (torch.arange(STOPS)[:, None, None] > place[:, None]).float()
        apart = (logs.exp().cumsum(1) - is_past).square().sum(1)
        color = (self._between(stop, part) - target).abs().sum(1)
        return low.lerp(high, part) + _APART_LOSS * apart + _SCALE_COLOR_LOSS * color
