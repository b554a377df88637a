"""Ranges and sides: the numbers that a run spec is made of, with their limits in what is accepted and in the schema."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema

from schemas.model import Frozen

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
