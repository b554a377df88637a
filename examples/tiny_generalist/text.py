"""Text: a prompt's phrases, each with the brush that it brings.

The words of a phrase pass a convolution and are averaged, each by a weight of its own, so that "the" and "of" soon
count for little. The phrases hear of each other, and of what is asked for, in a layer of a transformer.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from examples.tiny_generalist.words import ASKED, NOTHING, PAD, PARTS, Prompts

TEXT = 96


@dataclass(frozen=True)
class Told:
    """What some prompts say."""

    whole: Tensor
    """b x TEXT."""
    phrases: Tensor
    """b x k x TEXT: each brush's."""
    is_phrase: Tensor
    """bool, b x k: prompts have differently many."""


class Text(nn.Module):  # type: ignore[misc]  # torch is not where types are checked
    """Prompts -> what they say."""

    def __init__(self, vocabulary_size: int) -> None:
        super().__init__()
        self.asked = nn.Embedding(len(ASKED), TEXT)
        self.part = nn.Embedding(PARTS, TEXT)
        self.word = nn.Embedding(vocabulary_size, TEXT, padding_idx=PAD)
        self.importance = nn.Embedding(vocabulary_size, 1)
        self.importance.weight.data.zero_()
        self.near, self.mix = nn.Conv1d(TEXT, TEXT, 5, padding=2, groups=TEXT), nn.Linear(TEXT, TEXT)
        self.layer = nn.TransformerEncoderLayer(TEXT, 4, 2 * TEXT, dropout=0.0, batch_first=True, norm_first=True)

    def forward(self, prompts: Prompts) -> Told:
        is_phrase = prompts.part != NOTHING
        phrases = torch.zeros(*is_phrase.shape, TEXT)
        phrases[is_phrase] = self._meant(prompts.words[is_phrase]).to(phrases.dtype)
        tokens = torch.cat([self.asked(prompts.asked)[:, None], phrases + self.part(prompts.part)], 1)
        is_token = torch.cat([is_phrase.new_ones(len(is_phrase), 1), is_phrase], 1)
        tokens = self.layer(tokens, src_key_padding_mask=~is_token)
        return Told(tokens[:, 0], tokens[:, 1:], is_phrase)

    def _meant(self, words: Tensor) -> Tensor:
        """Returns what phrases (p x n) mean, p x TEXT."""
        x = self.word(words)
        heard = self.near(x.transpose(1, 2)).transpose(1, 2)
        weight = self.importance(words).exp() * (words != PAD)[..., None]
        return ((x + self.mix(silu(heard))) * weight).sum(1) / weight.sum(1).clamp_min(1e-6)
