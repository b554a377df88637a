"""Which Ray a run uses, said before Ray is first imported: it reads its environment then.

A cluster has its own way to tell friend from foe (RAY_AUTH_MODE, RAY_AUTH_TOKEN or its file); our own Ray is closed.
"""

import os

from schemas.errors import InputError


def choose_ray(address: str | None) -> None:
    """Says which Ray is meant; raises InputError for an address by which no events can come back."""
    if address is None:
        os.environ.pop("RAY_ADDRESS", None)
        return
    if address.startswith("ray://"):
        raise InputError(f"--address {address}: Ray's client passes no events on; run the command on a node: auto")
    os.environ["RAY_ADDRESS"] = address
