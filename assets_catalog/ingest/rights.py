"""Rights: under which licence a texture or an environment stands, and who made it. No licence, no entry."""

from assets_catalog.ingest.candidate import AddOptions, Facts
from schemas.errors import AssetError


def rights_of(facts: Facts, options: AddOptions) -> tuple[str, bool, str]:
    """Returns licence, whether the user gave it where the source states none, and creator. Raises AssetError."""
    license_id = facts.license or options.license
    if not license_id:
        raise AssetError("states no licence: give one by --license if you know it, or in a YAML file beside it")
    creator = facts.creator if facts.creator != "unknown" else options.creator or "unknown"
    return license_id, facts.license_is_override or not facts.license, creator
