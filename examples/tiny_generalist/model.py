"""Painter: a small U-Net that is told by a prompt what to paint; one set of weights for all tasks.

Picture features take FiLM from the prompt and attend to its phrases at a quarter and an eighth of the size. What comes
out of them at each pixel is a key, which chooses among flat brushes, a colour, and a place on a scale; see `painted`.
"""

import torch
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import avg_pool2d, interpolate, pixel_shuffle, pixel_unshuffle, silu

from examples.tiny_generalist.painted import KIND_OF_ASKED, STOPS, Painted
from examples.tiny_generalist.text import TEXT, Text, Told
from examples.tiny_generalist.words import Prompts

_WIDTHS = (40, 80, 160)
_KEY = 32
_OUT = (_KEY, 3, STOPS)


class Painter(nn.Module):  # type: ignore[misc]  # torch is not where types are checked
    """(images, prompts) -> what is painted."""

    def __init__(self, vocabulary_size: int) -> None:
        super().__init__()
        low, middle, high = _WIDTHS
        self.text = Text(vocabulary_size)
        self.inward = nn.Conv2d(12 + 2, low, 3, padding=1)
        self.down = nn.ModuleList([_Block(low, low), _Block(low, middle), _Block(middle, high)])
        self.ask = nn.ModuleList([_Ask(middle), _Ask(high)])
        self.look = _Look(high)
        self.bottom = _Block(high, high)
        self.up = nn.ModuleList([_Block(high + middle, middle), _Block(middle + low, low)])
        self.outward = nn.Sequential(nn.GroupNorm(8, low), nn.SiLU(), nn.Conv2d(low, 4 * sum(_OUT), 1))
        self.key = nn.Linear(TEXT, _KEY)
        self.scale = nn.Sequential(nn.Linear(TEXT, TEXT), nn.SiLU(), nn.Linear(TEXT, 3 * STOPS))
        self.coarse = nn.Sequential(nn.GroupNorm(1, high), nn.Conv2d(high, STOPS, 1))
        nn.init.zeros_(self.coarse[1].weight)

    def forward(self, images: Tensor, prompts: Prompts) -> Painted:
        """`images`: float32, b x 3 x h x w, 0 to 1; sides multiples of 8."""
        with sdpa_kernel(SDPBackend.MATH):  # on CPU and so short, a third less time than flash attention
            told = self.text(prompts)
            fine, coarse = self._features(images * 2 - 1, told)
            key, mixed, place = pixel_shuffle(fine, 2).split(_OUT, 1)
            choice = torch.einsum("bkd,bdhw->bkhw", self.key(told.phrases), key) / _KEY**0.5
        return Painted(
            torch.tensor(KIND_OF_ASKED)[prompts.asked],
            choice.float().masked_fill(~told.is_phrase[..., None, None], -1e4),
            prompts.colors,
            mixed.float(),
            place.float() + interpolate(self.coarse(coarse).float(), scale_factor=8.0, mode="bilinear"),
            self.scale(told.whole).float().sigmoid().unflatten(1, (STOPS, 3)),
        )

    def _features(self, images: Tensor, told: Told) -> tuple[Tensor, Tensor]:
        """Returns what each 2 x 2 pixels are painted by, and what is known of each 8 x 8."""
        x = pixel_unshuffle(images, 2)
        x = self.inward(torch.cat([x, _places(x)], 1))
        low = self.down[0](x, told)
        middle = self.ask[0](self.down[1](avg_pool2d(low, 2), told), told)
        high = self.ask[1](self.down[2](avg_pool2d(middle, 2), told), told)
        high = self.bottom(self.look(high), told)
        middle = self.up[0](torch.cat([_twice(high), middle], 1), told)
        return self.outward(self.up[1](torch.cat([_twice(middle), low], 1), told)), high


class _Block(nn.Module):  # type: ignore[misc]  # torch is not where types are checked
    """Two convolutions beside a shortcut; between them the prompt scales and shifts each channel."""

    def __init__(self, inward: int, width: int) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.GroupNorm(8, inward), nn.SiLU(), nn.Conv2d(inward, width, 3, padding=1))
        self.norm = nn.GroupNorm(8, width)
        self.told = nn.Linear(TEXT, 2 * width)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.shortcut = nn.Conv2d(inward, width, 1) if inward != width else nn.Identity()

    def forward(self, x: Tensor, told: Told) -> Tensor:
        scale, shift = self.told(told.whole)[..., None, None].chunk(2, 1)
        y = self.norm(self.first(x)) * (1 + scale) + shift
        return self.shortcut(x) + self.second(silu(y))


class _Ask(nn.Module):  # type: ignore[misc]  # torch is not where types are checked
    """Each place of a picture attends to the prompt's phrases."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.phrases = nn.MultiheadAttention(width, 2, kdim=TEXT, vdim=TEXT, batch_first=True)

    def forward(self, x: Tensor, told: Told) -> Tensor:
        flat = self.norm(x.flatten(2).transpose(1, 2))
        seen = self.phrases(flat, told.phrases, told.phrases, key_padding_mask=~told.is_phrase, need_weights=False)[0]
        return x + seen.transpose(1, 2).unflatten(2, x.shape[2:])


class _Look(nn.Module):  # type: ignore[misc]  # torch is not where types are checked
    """Each place of a picture attends to all places."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.places = nn.MultiheadAttention(width, 4, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        flat = self.norm(x.flatten(2).transpose(1, 2))
        return x + self.places(flat, flat, flat, need_weights=False)[0].transpose(1, 2).unflatten(2, x.shape[2:])


def _places(x: Tensor) -> Tensor:
    """Returns each pixel's row and column, -1 to 1."""
    down, across = (torch.linspace(-1, 1, side, device=x.device) for side in x.shape[2:])
    return torch.stack(torch.meshgrid(down, across, indexing="ij")).expand(len(x), -1, -1, -1)


def _twice(x: Tensor) -> Tensor:
    return interpolate(x, scale_factor=2.0, mode="bilinear")
