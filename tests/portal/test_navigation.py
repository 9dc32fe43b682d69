"""Apps bring their own links: the portal names no address of theirs."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.registry import Registry
from portal import navigation
from portal.navigation import Entry, Menu
from portal.site import tree
from tests.accounts.factories import UserFactory
from tests.plugins import ROOT

pytestmark = pytest.mark.django_db
OF_UPPER_APPS = re.compile(r"""url\s+["'](jobs|organisations|guides|search):""")


@pytest.fixture
def entries(monkeypatch):
    entries: Registry[Entry] = Registry()
    monkeypatch.setattr(navigation, "ENTRIES", entries)
    return entries


@pytest.fixture
def request_of():
    def make(user):
        request = RequestFactory().get("/")
        request.user = user
        return request

    return make


def labels(request, **place):
    return [link.label for link in navigation.links(request, Menu.HEADER, **place)]


def test_links_stand_by_position_and_an_app_that_is_left_out_leaves_no_hole(entries, request_of):
    navigation.register(Entry("b", "B", "clear_device", Menu.HEADER, 20))
    navigation.register(Entry("gone", "Gone", "no_such_app:list", Menu.HEADER, 15))
    navigation.register(Entry("not now", "Not now", lambda request: "", Menu.HEADER, 16))
    navigation.register(Entry("a", "A", lambda request: "/a/", Menu.HEADER, 10))
    navigation.register(Entry("below", "Below", "clear_device", Menu.SITE, 1))
    assert labels(request_of(AnonymousUser())) == ["A", "B"]


def test_the_same_name_takes_the_earlier_ones_place(entries, request_of):
    for label in ("first", "second"):
        navigation.register(Entry("a", label, "clear_device", Menu.HEADER, 10))
    assert labels(request_of(AnonymousUser())) == ["second"]


def test_some_links_are_for_some_people(entries, request_of):
    navigation.register(Entry("in", "In", "clear_device", Menu.HEADER, 1, shown=navigation.signed_in))
    navigation.register(Entry("out", "Out", "clear_device", Menu.HEADER, 2, shown=navigation.signed_out))
    assert labels(request_of(AnonymousUser())) == ["Out"]
    assert labels(request_of(UserFactory())) == ["In"]


def test_the_present_section_is_marked_and_what_waits_is_counted(entries, request_of):
    navigation.register(Entry("a", "A", "clear_device", Menu.HEADER, 1, section="jobs", number=lambda request: 3))
    navigation.register(Entry("b", "B", "clear_device", Menu.HEADER, 2))
    here, other = navigation.links(request_of(AnonymousUser()), Menu.HEADER, section="jobs")
    assert (here.is_current, here.number) == (True, 3)
    assert (other.is_current, other.number) == (False, None)


def test_the_header_and_the_footer_hold_what_the_apps_registered(client):
    tree.set_up_pages()
    page = client.get("/", HTTP_COOKIE="saved=1.2").content.decode()
    header, footer = page.split("</header>")
    assert re.findall(r'data-portal-number="jobs.saved">(\d*)<', header) == ["2"]
    for word in ("Työpaikat", "Yhdistykset"):
        assert word in header
    for word in ("Tallennetut", "Kirjaudu", "Tyhjennä"):
        assert word in footer


def test_templates_of_the_frame_name_no_address_of_an_upper_app():
    frame = [ROOT / "templates/base.html", *(ROOT / "templates/portal/includes").glob("*.html")]
    assert not [path.name for path in frame if OF_UPPER_APPS.search(path.read_text())]
