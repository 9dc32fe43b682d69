"""A logo as people send it, and as we keep it: drawn anew, small, without what a camera wrote into it."""

import base64
import binascii
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PNG_BEGINS = b"\x89PNG"
# The longest side of what is kept.
KEPT_SIDE = 640

TOO_HEAVY = _("The picture is too large to send. It can be 8 MB at most. Choose a smaller picture.")
TOO_MANY_PIXELS = _(
    "The picture has too many dots. It can have 10 million, for example 4000 × 2500. Make it smaller first."
)
NOT_A_PICTURE = _("We could not read the file as a picture. Choose a JPG, PNG, WebP or GIF file.")
NOT_STORED = _(
    "The picture could not be stored just now. Everything else you wrote is here."
    " Try again later or leave the picture out."
)
ANOTHER_KIND = _("The file's name says another kind of picture than the file is. Save it again as JPG or PNG.")


# What a cut or a made-up file leads to while it is read.
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)


class LogoField(WagtailImageField):
    """Gives a file drawn anew by us, or None: Wagtail checks kind, size and dots, and whatever else it held is gone."""

    def __init__(self, **kwargs):
        told = kwargs.get("help_text", "")
        super().__init__(**kwargs)
        # Wagtail's own words speak of formats and bytes.
        self.help_text = told
        self.error_messages |= {
            "invalid_image": NOT_A_PICTURE,
            "invalid_image_extension": NOT_A_PICTURE,
            "invalid_image_known_format": ANOTHER_KIND,
            "file_too_large": TOO_HEAVY,
            "file_too_many_pixels": TOO_MANY_PIXELS,
        }

    def to_python(self, data):
        try:
            sent = super().to_python(data)
        except UNREADABLE as error:
            raise ValidationError(NOT_A_PICTURE, code="invalid_image") from error
        return None if sent is None else drawn_anew(sent)

    def check_image_pixel_size(self, f):
        """Wagtail unpacks the whole picture to count its frames: what its head says is too large stays packed."""
        try:
            with Image.open(f) as picture:
                is_too_large = picture.width * picture.height > self.max_image_pixels
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            is_too_large = True
        if is_too_large:
            raise ValidationError(TOO_MANY_PIXELS, code="file_too_many_pixels")
        f.seek(0)
        super().check_image_pixel_size(f)


class KeptLogoField(forms.CharField):
    """The logo that was right when another answer was not: it rides along, so that nobody sends it twice."""

    widget = forms.HiddenInput

    def clean(self, value):
        if not value:
            return None
        try:
            kept = base64.b64decode(value, validate=True)
            # As a picture of the kind that we wrote, under the same checks as one that is sent.
            name = "logo.png" if kept.startswith(PNG_BEGINS) else "logo.jpg"
            return LogoField(required=False).clean(SimpleUploadedFile(name, kept))
        except (binascii.Error, ValueError, ValidationError):
            return None


def drawn_anew(sent):
    """The picture's dots in a new file of at most KEPT_SIDE a side."""
    try:
        with Image.open(sent, formats=FORMATS) as picture:
            upright = ImageOps.exif_transpose(picture)
            is_see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
            small = upright.convert("RGBA" if is_see_through else "RGB")
    except UNREADABLE as error:
        raise ValidationError(NOT_A_PICTURE, code="invalid_image") from error
    small.thumbnail((KEPT_SIDE, KEPT_SIDE))
    # Pillow would write the camera's comment again; only the profile of the colours is the picture's own.
    small.info = {name: value for name, value in small.info.items() if name == "icc_profile"}
    written = BytesIO()
    small.save(written, "PNG" if is_see_through else "JPEG", quality=88, optimize=True)
    return ContentFile(written.getvalue(), name="logo.png" if is_see_through else "logo.jpg")


def as_text(logo):
    """The file as text for a hidden field."""
    logo.seek(0)
    return base64.b64encode(logo.read()).decode()
