"""An image as a column stores it: its bytes, and a name whose ending tells a reader the format."""

from scenegen.dataset import jpeg

_ENDINGS = {"png": ".png", "jpeg": ".jpg"}


def stored_image(name: str, image: bytes) -> dict[str, object]:
    """Returns the value of an image column; `name` is that of the frame or row, without an ending."""
    return {"bytes": image, "path": image_name(name, image)}


def image_name(name: str, image: bytes) -> str:
    """Returns the name of an image's file: `name` and the ending of its format."""
    return f"{name}{_ENDINGS[format_of(image)]}"


def format_of(image: bytes) -> str:
    """Returns 'png' or 'jpeg', as in a spec; what is neither counts as PNG."""
    return "jpeg" if image.startswith(jpeg.SIGNATURE) else "png"


def format_faults(image: bytes, planned: str) -> list[str]:
    """Returns whether a picture is of another format than the spec's."""
    there = format_of(image)
    return [] if there == planned else [f"is a {there.upper()}, the spec says {planned}"]
