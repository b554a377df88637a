"""Origin: what an entry is read from, who made it, and under which licence. No licence, no entry."""

import hashlib
from typing import Any

from assets_catalog.ingest.candidate import AddOptions, Candidate
from schemas.errors import AssetError, one_line


def origin_of(candidate: Candidate, options: AddOptions) -> dict[str, Any]:
    """Returns the fields of the entry that say it; what the source doesn't state is the user's. Raises AssetError."""
    facts = candidate.facts
    license_id = facts.license or options.license
    if not license_id:
        raise AssetError("states no licence: give one by --license if you know it, or in a YAML file beside it")
    return {
        "asset_id": candidate.asset_id,
        "license": license_id,
        "license_is_override": facts.license_is_override or not facts.license,
        "creator": one_line(facts.creator if facts.creator != "unknown" else options.creator or "") or "unknown",
        "source": one_line(facts.source),
        "source_sha256": candidate.source_sha256 or _main_file_sha256(candidate),
    }


def _main_file_sha256(candidate: Candidate) -> str:
    if not candidate.files:
        return ""
    try:
        with candidate.files[0].open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise AssetError(f"{candidate.files[0].name} can't be read: {error.strerror}") from error
