"""Functions that run as machine code, by numba.

What numba takes of Python: loops over arrays, arithmetic on numbers, results written into arrays that the caller made.
Machine code is kept where it can be, beside the module or in the user's cache folder; where neither can be written it
is made anew in each process, about a second a function. Exact as written: no reordered sums, no fused operations.
Other threads run beside it. What is kept is made anew when its file changes, but not when a constant of another module
does.
"""

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Made = TypeVar("Made")


def compiled(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Returns the function as machine code, which other such functions may call."""
    from numba import njit  # noqa: PLC0415 - half a second, for those who compile

    written = inspect.unwrap(function)  # a type checker may stand around it
    try:
        machine_code = njit(cache=True, nogil=True)(written)
    except RuntimeError:  # numba found no folder that it can write
        machine_code = njit(nogil=True)(written)
    return cast(Callable[Given, Made], machine_code)


def compiled_when_called(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Returns the function as machine code; numba, which takes half a second, is imported by the first call.

    For what a trainer imports. Only Python may call it.
    """

    @cache
    def machine_code() -> Callable[Given, Made]:
        return compiled(function)

    @wraps(function)
    def call(*given: Given.args, **named: Given.kwargs) -> Made:
        try:
            return machine_code()(*given, **named)
        except OSError:  # the folder was full; what was compiled stays in memory
            return machine_code()(*given, **named)

    return call
