"""Config: all that a training of an editor depends on, as a frozen value; it stands in a YAML file."""

from pathlib import Path

import yaml
from pydantic import Field

from schemas.model import Frozen


class Config(Frozen):
    """One training; `klein.yaml` says what each means."""

    model: str
    data: str
    output: Path
    split: str = "train"
    reencode: bool = True
    flip: float = Field(0.5, ge=0, le=1)
    batch_rows: int = Field(2, ge=1)
    accumulate: int = Field(8, ge=1)
    workers: int = Field(4, ge=0)
    rank: int = Field(32, ge=1)
    alpha: int = Field(32, ge=1)
    rate: float = Field(1e-4, gt=0)
    warm_steps: int = Field(200, ge=0)
    steps: int = Field(6000, ge=1)
    prompt_tokens: int = Field(512, ge=1)
    gradient_checkpointing: bool = True
    save_every: int = Field(500, ge=1)
    seed: int = Field(0, ge=0)


def read_config(path: Path) -> Config:
    """Returns the configuration of a file; raises ValueError, naming the key, for one that is unknown or can't be."""
    return Config.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
