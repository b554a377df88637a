"""Compiled: functions over arrays that numba turns into machine code, kept on disk after the first call.

No fast-math: the same input gives the same bits, whatever the threads. The global interpreter lock is let go.
"""

from collections.abc import Callable
from inspect import unwrap
from typing import Any, TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """Returns the function compiled; checks of types and shapes that tests put around it are left out."""
    return cast(Kernel, njit(cache=True, nogil=True)(unwrap(kernel)))
