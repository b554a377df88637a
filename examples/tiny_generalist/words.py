"""Words: a prompt as numbers. What is asked for, the phrases that name it, and their colours.

The project's own grammar reads the prompt, as it does to decode a target: it stands where a large generator has its
language model. What the words of a phrase look like in a picture is for the network to find out. The vocabulary is that
of the training prompts. A plural's s is dropped, so that "chairs" is read as "chair"; a word that training showed twice
at most is the unknown one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from scenegen.encoders.color_maps import COLOR_MAPS
from scenegen.encoders.prompts import ParsedPrompt, parse_prompt

PAD, UNKNOWN = 0, 1
_LEAST_SEEN = 3
OBJECT_COLORS = ((225, 60, 110), (60, 200, 90), (70, 90, 230), (235, 190, 50), (150, 60, 200), (60, 200, 215))
"""Those of the first object from the left, the second, ...; the seventh has the first one's again."""
NOTHING, BACKGROUND, NAMED, FIRST_OBJECT = range(4)
PARTS = FIRST_OBJECT + len(OBJECT_COLORS)
"""What a phrase's brush is for."""
ASKED = (*(f"depth {name}" for name in ("rainbow", *COLOR_MAPS)), "normals", "semantic", "instance", "referring")


@dataclass(frozen=True)
class Prompts:
    """Some prompts as tensors: b prompts of k phrases of n words; fewer where a part is NOTHING or a word PAD."""

    asked: Tensor
    """int64, b: places in ASKED."""
    words: Tensor
    """int64, b x k x n: indices in the vocabulary."""
    part: Tensor
    """int64, b x k."""
    colors: Tensor
    """float32, b x k x 3, 0 to 1."""


@dataclass(frozen=True)
class _Phrase:
    part: int
    words: str
    rgb: tuple[int, int, int]


@dataclass(frozen=True)
class Vocabulary:
    """Words, each with an index from 2 on."""

    words: tuple[str, ...]

    @staticmethod
    def of(prompts: Iterable[str]) -> "Vocabulary":
        """Returns the words of phrases that come thrice or more."""
        phrases = (phrase for text in prompts for phrase in _phrases(parse_prompt(text)) if phrase.part <= FIRST_OBJECT)
        seen = Counter(word for phrase in phrases for word in _split(phrase.words))
        return Vocabulary(tuple(sorted(word for word, count in seen.items() if count >= _LEAST_SEEN)))

    def __len__(self) -> int:
        return len(self.words) + 2

    def read(self, texts: Sequence[str]) -> Prompts:
        """Returns prompts as tensors; raises what `parse_prompt` does for those that aren't ours."""
        index = {word: place for place, word in enumerate(self.words, start=2)}
        parsed = [parse_prompt(text) for text in texts]
        rows = [_phrases(each) for each in parsed]
        words = [[[index.get(word, UNKNOWN) for word in _split(each.words)] for each in row] for row in rows]
        most, longest = max(map(len, rows)), max(len(each) for row in words for each in row)
        shape = len(rows), most
        prompts = Prompts(
            torch.tensor([ASKED.index(_asked(each)) for each in parsed]),
            torch.full((*shape, max(longest, 1)), PAD),
            torch.full(shape, NOTHING),
            torch.zeros(*shape, 3),
        )
        for place, row in enumerate(rows):
            for phrase, each in enumerate(row):
                prompts.part[place, phrase] = each.part
                prompts.colors[place, phrase] = torch.tensor(each.rgb) / 255
                prompts.words[place, phrase, : len(words[place][phrase])] = torch.tensor(words[place][phrase]).long()
        return prompts


def _asked(prompt: ParsedPrompt) -> str:
    return f"depth {prompt.color_map}" if prompt.task == "depth" else prompt.task


def _phrases(prompt: ParsedPrompt) -> list[_Phrase]:
    """Returns the background's, then those of what is named, or one for each object that there may be of a class."""
    background = _Phrase(BACKGROUND, "", prompt.background or (0, 0, 0))
    if prompt.class_label is not None:
        objects = (_Phrase(FIRST_OBJECT + place, prompt.class_label, rgb) for place, rgb in enumerate(OBJECT_COLORS))
        return [background, *objects]
    entries = prompt.legend.entries if prompt.legend is not None else ()
    return [background, *(_Phrase(NAMED, entry.label, entry.rgb) for entry in entries)]


def _split(phrase: str) -> list[str]:
    lower = (word.lower() for word in re.findall(r"[A-Za-z]+|\d+", phrase))
    return [word.removesuffix("s") if len(word) > 3 else word for word in lower]
