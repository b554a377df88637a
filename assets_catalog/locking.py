"""Locking: what pins an asset to a run: the hash of its record, which has the hash of its content.

A plan depends on the record too (class, placement, what carries things, licence), so the content alone pins too little.
"""

import hashlib

import pyarrow as pa


def locked(index: pa.Table) -> dict[str, str]:
    """Returns asset_id -> sha256 of the record as the index has it; no two records are in memory at once."""
    pairs = zip(index["asset_id"], index["record"], strict=True)
    return {asset_id.as_py(): hashlib.sha256(record.as_py().encode()).hexdigest() for asset_id, record in pairs}
