import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from guides.models import GuideIndexPage
from organisations.models import Municipality
from portal.models import (
    AccessibilityStatementPage,
    HomePage,
    InformationPage,
    PortalSettings,
    PrivacyNoticePage,
)
from portal.site import tree
from tests.jobs.factories import JobPostingFactory

LANGUAGES = ("fi", "sv", "en")
FRONT_PAGE_BUDGET = 20
NEWEST = 4


class PageTree(WagtailPageTestCase):
    def test_front_page_holds_the_other_kinds(self):
        self.assertAllowedParentPageTypes(HomePage, {Page})
        # It is open to the pages of every app; Wagtail's own plain page cannot be made by hand.
        kinds = {model for model in HomePage.allowed_subpage_models() if model.is_creatable}
        assert kinds == {InformationPage, AccessibilityStatementPage, PrivacyNoticePage, GuideIndexPage}

    def test_information_may_have_information_below_it(self):
        self.assertAllowedParentPageTypes(InformationPage, {HomePage, InformationPage})
        self.assertAllowedSubpageTypes(InformationPage, {InformationPage})

    def test_statements_stand_alone(self):
        for page_class in (AccessibilityStatementPage, PrivacyNoticePage):
            self.assertAllowedParentPageTypes(page_class, {HomePage})
            self.assertAllowedSubpageTypes(page_class, {})


@pytest.fixture
def front_pages(db):
    tree.set_up_languages()
    tree.set_up_home_pages()
    tree.set_up_settings()


@pytest.fixture
def site(front_pages):
    tree.set_up_information_pages()


def front_page(language):
    return "/" if language == "fi" else f"/{language}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_front_page_asks_its_question(client, front_pages, language):
    page = HomePage.objects.get(locale__language_code=language)
    response = client.get(front_page(language))
    assert response.status_code == 200
    html = response.content.decode()
    assert f"<h1>{page.question}</h1>" in html
    assert 'role="search"' in html
    assert 'name="q"' in html
    assert 'name="kunta"' in html


def test_front_page_offers_the_municipalities(client, front_pages):
    Municipality.objects.get_or_create(
        code="707", defaults={"name_fi": "Rääkkylä", "name_sv": "Rääkkylä", "latitude": 62.3, "longitude": 29.6}
    )
    assert "Rääkkylä" in client.get("/").content.decode()


@pytest.mark.parametrize("page_class", [InformationPage, AccessibilityStatementPage, PrivacyNoticePage])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_site_is_shown_in_every_language(client, site, page_class, language):
    pages = page_class.objects.filter(locale__language_code=language)
    assert pages
    for page in pages:
        response = client.get(page.get_url())
        assert response.status_code == 200
        html = response.content.decode()
        assert f'<html lang="{language}"' in html
        assert f"<h1>{page.title}</h1>" in html.replace("\N{SOFT HYPHEN}", "")


def test_page_names_its_sisters_in_the_other_languages(client, site):
    statement = AccessibilityStatementPage.objects.get(locale__language_code="fi")
    html = client.get(statement.get_url()).content.decode()
    for sister in statement.get_translations():
        assert f'hreflang="{sister.locale.language_code}" href="{sister.get_url()}"' in html


def test_missing_translation_leads_to_the_front_page_and_says_so(client, site):
    InformationPage.objects.filter(locale__language_code="sv").update(live=False)
    page = InformationPage.objects.filter(locale__language_code="fi").order_by("path").first()
    html = client.get(page.get_url()).content.decode()
    assert '<link rel="alternate" hreflang="sv"' not in html
    assert '<a class="with-icon" href="/sv/" lang="sv"' in html


def test_page_below_is_in_the_breadcrumb_and_on_the_page_above(client, site):
    above = InformationPage.objects.filter(locale__language_code="fi").order_by("path").first()
    below = above.add_child(instance=InformationPage(title="Tarkemmin", slug="tarkemmin", locale=above.locale))
    assert below.get_url() in client.get(above.get_url()).content.decode()
    html = client.get(below.get_url()).content.decode()
    assert f'<li><a href="{above.get_url()}">{above.title}</a></li>' in html


def test_search_finds_information_pages(site):
    page = InformationPage.objects.filter(locale__language_code="fi").order_by("path").first()
    assert page.pk in {hit.pk for hit in Page.objects.live().search(page.title)}


def test_funding_strip_follows_the_setting(client, front_pages):
    assert "funding" in client.get("/").content.decode()
    PortalSettings.objects.update(shows_funding=False)
    assert "funding" not in client.get("/").content.decode()


def test_front_page_takes_as_many_queries_for_two_jobs_as_for_twenty(client, front_pages, django_assert_num_queries):
    JobPostingFactory.create_batch(2, published=True)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    assert len(few) <= FRONT_PAGE_BUDGET
    JobPostingFactory.create_batch(18, published=True)
    with django_assert_num_queries(len(few)):
        html = client.get("/").content.decode()
    assert html.count('<article class="posting-card') == NEWEST
