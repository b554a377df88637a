"""An image as a column stores it: its bytes, and a name whose ending tells a reader the format."""

from scenegen.dataset import jpeg


def stored_image(name: str, image: bytes) -> dict[str, object]:
    """Returns the value of an image column; `name` is that of the frame or row, without an ending."""
    return {"bytes": image, "path": f"{name}{ending_of(image)}"}


def ending_of(image: bytes) -> str:
    """Returns the file ending that belongs to a PNG or JPEG."""
    return ".jpg" if image.startswith(jpeg.SIGNATURE) else ".png"
