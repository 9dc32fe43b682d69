"""Pictures as people send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind="PNG", size=(300, 200), mode="RGB", name=None, **options):
    written = BytesIO()
    Image.new(mode, size, "seagreen" if mode == "RGB" else 0).save(written, kind, **options)
    return SimpleUploadedFile(name or f"logo.{kind.lower()}", written.getvalue(), f"image/{kind.lower()}")


def size_of(logo):
    """As the file says, not the row."""
    with logo.open_file() as file, Image.open(file) as drawn:
        return drawn.size
