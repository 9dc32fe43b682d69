import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from organisations.forms.logo import (
    ANOTHER_KIND,
    KEPT_SIDE,
    NOT_A_PICTURE,
    TOO_HEAVY,
    TOO_MANY_PIXELS,
    KeptLogoField,
    LogoField,
    as_text,
)
from tests.organisations.pictures import picture

OUR_WORDS = (ANOTHER_KIND, NOT_A_PICTURE, TOO_HEAVY, TOO_MANY_PIXELS)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"


def cleaned(sent):
    return LogoField(required=False).clean(sent)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("GIF", "P")])
def test_known_kinds_are_drawn_anew(kind, mode):
    kept = cleaned(picture(kind, mode=mode))
    assert Image.open(kept).size == (300, 200)
    assert kept.name in {"logo.png", "logo.jpg"}


def test_a_large_picture_is_made_smaller():
    assert max(Image.open(cleaned(picture(size=(2000, 1000)))).size) == KEPT_SIDE


def test_see_through_stays_see_through():
    assert Image.open(cleaned(picture(mode="RGBA"))).mode == "RGBA"


def test_what_a_camera_wrote_is_gone():
    marks = Image.Exif()
    marks[0x010F] = "Camera"
    kept = Image.open(cleaned(picture("JPEG", exif=marks, comment=b"Koti, Rantakatu 1")))
    assert not kept.getexif()
    assert "comment" not in kept.info


def test_a_turned_picture_stands_upright():
    marks = Image.Exif()
    marks[0x0112] = 6
    assert Image.open(cleaned(picture("JPEG", size=(300, 100), exif=marks))).size == (100, 300)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (
            SimpleUploadedFile("logo.svg", SVG),
            "invalid_image_extension",
        ),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50), "invalid_image"),
        (SimpleUploadedFile("logo.jpg", b"hello"), "invalid_image"),
        (picture("BMP", name="logo.png"), "invalid_image_known_format"),
        (picture("BMP"), "invalid_image_extension"),
        (picture("PNG", name="logo.jpg"), "invalid_image_known_format"),
        (SimpleUploadedFile("logo.png", picture().read() + b"x" * 8 * 1024 * 1024), "file_too_large"),
        (picture(size=(4000, 2501)), "file_too_many_pixels"),
        (picture(size=(10_000, 10_000)), "file_too_many_pixels"),
    ],
)
def test_others_are_refused_kindly(sent, code):
    with pytest.raises(ValidationError) as refusal:
        cleaned(sent)
    assert refusal.value.code == code
    assert str(refusal.value.message) in {str(words) for words in OUR_WORDS}


def test_a_cut_picture_is_refused():
    whole = picture("JPEG", size=(800, 800), quality=95)
    cut = SimpleUploadedFile("logo.jpg", whole.read()[:900])
    with pytest.raises(ValidationError):
        cleaned(cut)


def test_no_picture_is_none():
    assert cleaned(None) is None


def test_a_kept_logo_rides_along():
    kept = KeptLogoField(required=False).clean(as_text(cleaned(picture())))
    assert Image.open(kept).size == (300, 200)


def test_a_kept_logo_is_checked_like_a_sent_one():
    assert KeptLogoField(required=False).clean(as_text(picture(size=(4000, 2501)))) is None


@pytest.mark.parametrize("text", ["", "not base64 !", "aGVsbG8=", "PHN2Zy8+"])
def test_a_forged_kept_logo_is_no_logo(text):
    assert KeptLogoField(required=False).clean(text) is None
