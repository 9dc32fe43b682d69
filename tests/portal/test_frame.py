"""What stands around every page: languages, theme, shared computers, errors, the style guide, the stylesheet."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from portal import error_views, stylesheets
from tests.accounts.factories import UserFactory, sign_in
from tests.plugins import ROOT

# Parts without a look of their own, and those that only a form field's kind calls.
ELSEWHERE = {"htmx_config.html", "checkbox.html"}


@pytest.mark.django_db
def test_page_carries_the_chosen_theme(client):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get(reverse("clear_device")).content.decode()


@pytest.mark.django_db
def test_unknown_theme_is_left_out(client):
    client.cookies["theme"] = '"><script>'
    assert "data-theme=" not in client.get(reverse("clear_device")).content.decode()


@pytest.mark.django_db
def test_theme_is_kept_and_leads_back(client):
    response = client.post(reverse("portal:theme"), {"theme": "dark", "next": "/jobs/?q=a"})
    assert response.url == "/jobs/?q=a"
    assert response.cookies["theme"].value == "dark"


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_theme_leads_nowhere_else(client, back):
    assert client.post(reverse("portal:theme"), {"theme": "light", "next": back}).url == "/"


@pytest.mark.django_db
def test_theme_of_the_device_forgets_the_choice(client):
    client.cookies["theme"] = "dark"
    response = client.post(reverse("portal:theme"), {"theme": "auto", "next": "/"})
    assert response.cookies["theme"].value == ""


@pytest.mark.django_db
def test_clearing_the_device_leaves_nothing(client):
    client.force_login(UserFactory())
    client.cookies["saved"] = "1.2"
    response = client.post(reverse("clear_device"))
    assert "cookies" in response["Clear-Site-Data"]
    assert response.cookies["saved"].value == ""
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_language_menu_leads_to_the_same_page(client):
    page = client.get(reverse("clear_device")).content.decode()
    for code in ("sv", "en"):
        with translation.override(code):
            assert f'href="{reverse("clear_device")}" lang="{code}"' in page


@pytest.mark.django_db
def test_style_guide_is_for_staff(client):
    client.force_login(UserFactory())
    assert client.get(reverse("styleguide")).status_code == 403


@pytest.mark.django_db
def test_style_guide_shows_every_component(client):
    sign_in(client, UserFactory(superuser=True))
    html = client.get(reverse("styleguide")).content.decode()
    components = list((ROOT / "templates/components").glob("*.html"))
    sources = [ROOT / "templates/portal/styleguide.html", *components]
    text = "".join(source.read_text("utf-8") for source in sources)
    absent = {path.name for path in components if f'"components/{path.name}"' not in text}
    assert "Keittiöapulainen lounastupaan" in html
    assert not absent - ELSEWHERE


@pytest.mark.parametrize("status", [400, 413, 500, 503])
def test_standing_error_page_needs_no_database_and_no_request(status):
    assert "<h1>" in render_to_string(f"{status}.html")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_not_found_offers_a_search(client, code):
    with translation.override(code):
        response = client.get("/nothing-here/" if code == "fi" else f"/{code}/nothing-here/")
    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()


def test_unavailable_says_when_to_come_back():
    assert error_views.unavailable(RequestFactory().get("/"))["Retry-After"]


def test_broken_request_gets_a_page():
    response = error_views.bad_request(RequestFactory().get("/"), BadRequest())
    assert response.status_code == 400


def test_stylesheet_is_one_file_without_imports():
    path = finders.find(stylesheets.NAME)
    text = Path(path).read_text("utf-8")
    assert "@import" not in text
    assert text.startswith("@layer reset, tokens, base, components, utilities;")
    assert text.count("{") == text.count("}")


def test_stylesheet_names_every_source():
    manifest = stylesheets.MANIFEST.read_text("utf-8")
    folder = stylesheets.MANIFEST.parent
    sources = [path.relative_to(folder).as_posix() for path in folder.glob("*/*.css")]
    assert [source for source in sources if f'"{source}"' not in manifest] == []
