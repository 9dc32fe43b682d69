"""The site's own small views: probes, files of the storage, what robots and researchers of weaknesses read."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from accounts.registry import Registry
from portal import probes
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(width=40, height=30, kind="PNG", **options):
    drawn = BytesIO()
    PillowImage.new("RGB", (width, height), "green").save(drawn, kind, **options)
    drawn.seek(0)
    return drawn


def test_alive_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").text == "ok\n"


def test_ready_asks_the_database(client):
    answer = client.get("/readyz")
    assert answer.json()["database"] == "up"


def test_ready_reports_what_it_does_not_require(client, monkeypatch):
    monkeypatch.setattr(probes, "PROBES", Registry())
    probes.register(probes.Probe("search", lambda: "up"))
    probes.register(probes.Probe("broken", lambda: 1 / 0))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "up", "search": "up", "broken": "down"}


def test_rendition_is_for_everybody(client):
    image = get_image_model().objects.create(title="Kuva", file=ImageFile(picture(), "kuva.png"))
    rendition = image.get_rendition("width-20")
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert "public" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert client.get(f"/media/{image.file.name}").status_code == 404


def test_what_a_camera_wrote_is_in_no_picture_that_pages_show():
    notes = PillowImage.Exif()
    notes[0x8825] = {1: "N", 2: (62.0, 36.0, 1.0)}  # where the photograph was taken
    sent = ImageFile(picture(kind="JPEG", exif=notes), "kuva.jpg")
    image = get_image_model().objects.create(title="Kuva", file=sent)
    with image.get_rendition("width-20").file as shown:
        assert not PillowImage.open(shown).getexif()


@pytest.mark.parametrize(
    "name", ["documents/a.pdf", "original_images/a.png", "images/a.svg", "images/a.html", "images/a", "other/a.png"]
)
def test_nothing_else_is_fetched(client, name):
    default_storage.save(name, ContentFile(b"secret"))
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["images/../original_images/a.png", "images/../../a.png", "images//a.png", "images/./a.png", "images/none.png"],
)
def test_no_path_leads_out_of_the_pictures(path):
    default_storage.save("original_images/a.png", ContentFile(b"secret"))
    default_storage.save("images/a.png", ContentFile(b"shown"))
    assert Client().get("/", PATH_INFO=f"/media/{path}").status_code == 404


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_drawings_with_scripts_are_not_taken(name):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    form = get_image_form(get_image_model())({"title": "x", "collection": 1}, {"file": ContentFile(drawing, name)})
    assert "file" in form.errors


def test_pictures_over_ten_megapixels_are_not_taken():
    for width, is_taken in ((5000, False), (3000, True)):
        upload = ContentFile(picture(width, 2500, "JPEG").read(), "a.jpg")
        form = get_image_form(get_image_model())({"title": "x", "collection": 1}, {"file": upload})
        assert ("file" not in form.errors) is is_taken


def test_security_contact_is_told_when_there_is_one(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:turva@example.org"
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:turva@example.org\n" in text
    assert "Expires: 20" in text


def test_robots_stay_out_of_the_back_rooms(client):
    text = client.get("/robots.txt").text
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("auto", ""), ("<b>", "")])
def test_colour_is_kept_in_a_cookie(client, chosen, kept):
    answer = client.post("/theme/", {"theme": chosen, "next": "/tyopaikat/"})
    assert answer.url == "/tyopaikat/"
    assert answer.cookies["theme"].value == kept


def test_colour_leads_to_no_other_site(client):
    assert client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"}).url == "/"


def test_clearing_the_device_signs_out_and_removes_everything(client):
    from django.urls import reverse

    sign_in(client, UserFactory())
    client.cookies["saved"] = "1.2"
    assert client.get(reverse("clear_device")).status_code == 200
    answer = client.post(reverse("clear_device"))
    assert '"cookies"' in answer["Clear-Site-Data"]
    assert '"storage"' in answer["Clear-Site-Data"]
    assert answer.cookies["saved"]["max-age"] == 0
    assert "_auth_user_id" not in client.session
