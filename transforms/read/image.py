"""A picture of a page (PNG, JPEG, TIFF, GIF) in, a Refusal by name out: what it says needs character recognition."""

from transforms.model import Document, Refusal

PICTURES = {
    b"\x89PNG\r\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}


def read_image(data: bytes) -> Document:
    """Refuse a picture: `needs_ocr`."""
    raise Refusal("needs_ocr", next((name for magic, name in PICTURES.items() if data.startswith(magic)), ""))
