from xml.etree import ElementTree

import pytest
from wagtail.models import Page

from portal.models import InformationPage
from portal.site import tree

NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def site(db):
    tree.set_up_pages()


def addresses(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return [place.text for place in ElementTree.fromstring(answer.content).iterfind(".//map:loc", NAMES)]


def test_index_names_a_section_for_each_app(client, site):
    sections = ["pages", "organisations", "postings"]
    assert addresses(client, "/sitemap.xml") == [f"http://testserver/sitemap-{name}.xml" for name in sections]


def test_pages_of_all_languages_are_listed(client, site):
    listed = addresses(client, "/sitemap-pages.xml")
    assert {page.full_url for page in Page.objects.filter(depth__gte=2)} == set(listed)
    assert any("/sv/" in address for address in listed)


def test_drafts_are_not_listed(client, site):
    page = InformationPage.objects.order_by("path").first()
    page.unpublish()
    assert page.full_url not in addresses(client, "/sitemap-pages.xml")


def test_unknown_section_is_not_found(client, site):
    assert client.get("/sitemap-olematon.xml").status_code == 404


def test_long_list_takes_no_more_queries(client, site, django_assert_max_num_queries):
    client.get("/sitemap-pages.xml")
    with django_assert_max_num_queries(8):
        client.get("/sitemap-pages.xml")
