"""Object stores by URL: S3 (`s3://`), Google's (`gs://`), Azure's (`az://`), and memory, which lives as long as the
process, for tests. One store for a URL and a process, by obstore.

Credentials come from the environment (`AWS_...`, `GOOGLE_...`, `AZURE_...`) and stand nowhere else: a URL that carries
some is refused, and what a store says of a fault loses queries and the values of secret variables.

Edges: errors of the server and broken connections are tried again, with growing pauses, for 45 s.
obstore's own retries leave out a conditional put whose connection broke, so `patiently` goes around them.
"""

import os
import re
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    InvalidPathError,
    NotFoundError,
    NotSupportedError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
    UnknownConfigurationKeyError,
)
from obstore.store import MemoryStore, ObjectStore, from_url

from schemas.errors import did_you_mean, first_line

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

T = TypeVar("T")

_PREFIXES = {"s3": "AWS", "gs": "GOOGLE", "az": "AZURE"}
"""Of variables of the environment."""
BUCKETS = tuple(_PREFIXES)
MEMORY = "memory"
ABSENT = (FileNotFoundError, NotFoundError)
_LASTING = (
    *ABSENT,
    AlreadyExistsError,
    InvalidPathError,
    NotSupportedError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
    UnknownConfigurationKeyError,
)
"""What is not tried again."""
_RETRIES: "RetryConfig" = {"max_retries": 6, "retry_timeout": timedelta(seconds=60)}
_TIMEOUTS: "ClientConfig" = {"connect_timeout": "10s", "timeout": "300s"}
_PATIENCE_S, _FIRST_PAUSE_S, _LONGEST_PAUSE_S = 45.0, 0.1, 5.0
_SECRET_NAME = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL|SAS")
_SHORTEST_SECRET = 6


def open_store(url: str) -> ObjectStore:
    """Returns the store at a URL of a kind that `check_url` lets pass, the same for the same URL.

    Raises ValueError or obstore's BaseError for one that can't be meant.
    """
    check_url(url)
    return _opened(url)


def check_url(url: str) -> None:
    """Raises ValueError for a URL of an unknown kind, one without a bucket, and one that carries more than a place."""
    scheme, _, rest = url.partition("://")
    allowed = (*BUCKETS, MEMORY)
    if scheme not in allowed:
        kinds = " ".join(f"{known}://" for known in ("file", *BUCKETS))
        raise ValueError(f"unknown '{scheme}://'{did_you_mean(scheme, allowed)}; must be a folder or one of {kinds}")
    bucket = rest.partition("/")[0]
    if not bucket:
        raise ValueError(f"'{scheme}://' names no bucket")
    if "@" in bucket or "?" in rest or "#" in rest:
        raise ValueError(f"a URL of '{scheme}://' names a bucket and a path; credentials come from the environment")


def shown(url: str) -> str:
    """Returns a URL as it may be told: without what stands before an @ or behind a ? or #."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{re.sub(r'[?#].*', '', rest, flags=re.DOTALL).rpartition('@')[2]}" if mark else url


def patiently(call: Callable[[], T]) -> T:
    """Returns what the call returns; of faults that may pass, the last is raised."""
    end, pause_s = time.monotonic() + _PATIENCE_S, _FIRST_PAUSE_S
    while True:
        try:
            return call()
        except _LASTING:
            raise
        except (BaseError, OSError):
            if time.monotonic() + pause_s > end:
                raise
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


def said(error: BaseException) -> str:
    """Returns what a store says of a fault, on one line, without anything secret."""
    line = re.sub(r"\?[^\s'\")]*", "", first_line(error))
    for name, value in os.environ.items():
        if _SECRET_NAME.search(name) and len(value) >= _SHORTEST_SECRET:
            line = line.replace(value, "***")
    return line


@cache
def _opened(url: str) -> ObjectStore:
    if url.startswith(f"{MEMORY}:"):
        return MemoryStore()
    options: ClientConfig = {**_TIMEOUTS, "allow_http": _is_http_allowed(url.partition(":")[0])}
    return from_url(url, retry_config=_RETRIES, client_options=options)


def _is_http_allowed(scheme: str) -> bool:
    """Returns what the environment says of servers without TLS; obstore forgets it where it is given other options."""
    return os.environ.get(f"{_PREFIXES[scheme]}_ALLOW_HTTP", "").lower() in {"true", "1"}
