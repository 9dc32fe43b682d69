"""A logo as people send it, and as we keep it: drawn anew, small, without what a camera wrote into it."""

import base64
import binascii
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 10_000_000
# The longest side of what is kept.
KEPT_SIDE = 640

TOO_HEAVY = _("The picture is too large to send. It can be 8 MB at most. Choose a smaller picture.")
TOO_MANY_PIXELS = _(
    "The picture has too many dots. It can have 10 million, for example 4000 × 2500. Make it smaller first."
)
NOT_A_PICTURE = _("We could not read the file as a picture. Choose a JPG, PNG, WebP or GIF file.")


class LogoField(forms.FileField):
    """Gives a file drawn anew by us, or None. Whatever else the sent file held is gone."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def to_python(self, data):
        sent = super().to_python(data)
        if sent is None:
            return None
        if sent.size > MAX_BYTES:
            raise ValidationError(TOO_HEAVY, code="too_heavy")
        return drawn_anew(sent)


class KeptLogoField(forms.CharField):
    """The logo that was right when another answer was not: it rides along, so that nobody sends it twice."""

    widget = forms.HiddenInput

    def clean(self, value):
        if not value:
            return None
        try:
            return drawn_anew(BytesIO(base64.b64decode(value, validate=True)))
        except (binascii.Error, ValueError, ValidationError):
            return None


def drawn_anew(sent):
    """The picture's dots in a new file of at most KEPT_SIDE a side."""
    try:
        with Image.open(sent, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels")
            upright = ImageOps.exif_transpose(picture)
            is_see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
            small = upright.convert("RGBA" if is_see_through else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(NOT_A_PICTURE, code="not_a_picture") from error
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
