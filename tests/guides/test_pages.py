import pytest
from django.test import RequestFactory
from wagtail.models import Locale
from wagtail.test.utils import WagtailPageTestCase

from guides.enums import Audience
from guides.models import GuideIndexPage, GuidePage, TrainingPackagePage
from portal.models import HomePage, InformationPage
from tests.guides.factories import GuidePageFactory, TrainingPackagePageFactory, add_themes

INDEX_BUDGET = 20
ADDRESSES = {"fi": "/oppaat/", "sv": "/sv/guider/", "en": "/en/guides/"}


class PageTree(WagtailPageTestCase):
    def test_guides_stand_on_a_shelf_under_the_front_page(self):
        self.assertAllowedParentPageTypes(GuideIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(GuideIndexPage, {GuidePage, TrainingPackagePage})
        for page_class in (GuidePage, TrainingPackagePage):
            self.assertAllowedParentPageTypes(page_class, {GuideIndexPage})
            self.assertAllowedSubpageTypes(page_class, {})
        self.assertCanNotCreateAt(InformationPage, GuidePage)


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("language", ADDRESSES)
def test_empty_index_says_what_to_do(client, shelves, language):
    response = client.get(ADDRESSES[language])
    assert response.status_code == 200
    assert 'class="empty"' in text_of(response)


@pytest.mark.parametrize("page_factory", [GuidePageFactory, TrainingPackagePageFactory])
@pytest.mark.parametrize("language", ADDRESSES)
def test_every_kind_of_page_is_shown_in_every_language(client, shelves, page_factory, language):
    page = page_factory(parent=shelves[language], title="Hyvä alku", slug="alku", locale=shelves[language].locale)
    response = client.get(f"{ADDRESSES[language]}alku/")
    assert response.status_code == 200
    assert "<h1>Hyvä alku</h1>" in text_of(response)
    assert f'<html lang="{language}"' in text_of(response)
    assert page.summary in text_of(response)


def test_index_shows_pages_by_reader_and_says_their_time(client, shelf):
    GuidePageFactory(parent=shelf, title="Näin haet työtä", audience=Audience.JOBSEEKER, minutes=5)
    TrainingPackagePageFactory(parent=shelf, title="Työn muotoilu", minutes=150)
    context = client.get("/oppaat/").context
    assert [(group["reader"], [page.title for page in group["pages"]]) for group in context["shelves"]] == [
        (Audience.JOBSEEKER, ["Näin haet työtä"]),
        (Audience.EMPLOYER, ["Työn muotoilu"]),
    ]


def test_index_leaves_out_drafts(client, shelf):
    GuidePageFactory(parent=shelf, title="Keskeneräinen", live=False)
    assert "Keskeneräinen" not in text_of(client.get("/oppaat/"))


def test_theme_filters_the_index_and_is_a_link(client, shelf):
    add_themes(GuidePageFactory(parent=shelf, title="Tuki"), "Palkkatuki")
    add_themes(GuidePageFactory(parent=shelf, title="Alku"), "Perehdytys")
    everything = text_of(client.get("/oppaat/"))
    assert 'href="?teema=palkkatuki"' in everything
    filtered = text_of(client.get("/oppaat/?teema=palkkatuki"))
    assert ">Tuki</a>" in filtered
    assert ">Alku</a>" not in filtered
    assert '<a href="?teema=palkkatuki" aria-current="page">' in filtered


def test_unknown_theme_leads_back_to_all_guides(client, shelf):
    GuidePageFactory(parent=shelf)
    response = client.get("/oppaat/?teema=olematon")
    assert response.status_code == 200
    assert 'class="empty"' in text_of(response)


def test_untranslated_guide_stands_in_the_other_index_with_its_language(client, shelves):
    GuidePageFactory(parent=shelves["fi"], title="Hyvä alku", slug="alku")
    swedish = text_of(client.get("/sv/guider/"))
    assert '<a class="stretched" href="/oppaat/alku/" lang="fi" hreflang="fi">Hyvä alku</a>' in swedish


def test_translated_guide_takes_the_place_of_the_first_one(client, shelves):
    guide = GuidePageFactory(parent=shelves["fi"], title="Hyvä alku", slug="alku")
    translation = guide.copy_for_translation(Locale.objects.get(language_code="sv"))
    translation.title, translation.slug = "En god start", "start"
    translation.save_revision().publish()
    swedish = text_of(client.get("/sv/guider/"))
    assert ">En god start</a>" in swedish
    assert "Hyvä alku" not in swedish
    assert 'hreflang="sv" href="/sv/guider/start/"' in text_of(client.get("/oppaat/alku/"))


def test_unpublished_translation_does_not_hide_the_guide(client, shelves):
    guide = GuidePageFactory(parent=shelves["fi"], title="Hyvä alku", slug="alku")
    guide.copy_for_translation(Locale.objects.get(language_code="sv"))
    assert ">Hyvä alku</a>" in text_of(client.get("/sv/guider/"))


def test_mirrored_guide_says_its_language(client, shelves):
    guide = GuidePageFactory(parent=shelves["fi"], title="Hyvä alku", slug="alku")
    guide.copy_for_translation(Locale.objects.get(language_code="sv"), alias=True)
    index = text_of(client.get("/sv/guider/"))
    assert '<a class="stretched" href="/sv/guider/alku/" lang="fi" hreflang="fi">Hyvä alku</a>' in index
    page = text_of(client.get("/sv/guider/alku/"))
    assert '<article class="prose flow" lang="fi">' in page
    assert '<div lang="sv">' in page


def test_guide_says_when_its_facts_were_checked(client, shelf):
    GuidePageFactory(parent=shelf, slug="alku")
    page = text_of(client.get("/oppaat/alku/"))
    assert "2.11.2026" in page
    assert "2.5.2999" in page


def test_late_guide_says_so_itself(client, shelf):
    GuidePageFactory(parent=shelf, slug="alku", late=True)
    assert "notice--warning" in text_of(client.get("/oppaat/alku/"))


def test_checklist_is_a_sheet_of_its_own(client, shelf):
    guide = GuidePageFactory(parent=shelf, slug="alku")
    context = guide.get_context(RequestFactory().get("/oppaat/alku/"))
    assert context["checklist_url"] in text_of(client.get("/oppaat/alku/"))
    sheet = text_of(client.get(context["checklist_url"]))
    assert "Avain on valmiina" in sheet
    assert "Perehdytys alkaa" not in sheet


def test_guide_without_checklist_offers_no_sheet(client, shelf):
    guide = GuidePageFactory(parent=shelf, slug="alku", body=[("text", "<p>Lyhyt.</p>")])
    assert guide.get_context(RequestFactory().get("/"))["checklist_url"] == ""
    response = client.get("/oppaat/alku/" + guide.reverse_subpage("checklist"))
    assert "Lyhyt." in text_of(response)


def test_parts_are_links_to_their_headings(client, shelf):
    GuidePageFactory(parent=shelf, slug="alku")
    page = text_of(client.get("/oppaat/alku/"))
    assert 'href="#osa-ennen-kuin-aloitat"' in page
    assert '<h2 id="osa-ennen-kuin-aloitat">' in page


def test_unsaved_guide_can_be_previewed(shelf):
    guide = GuidePage(title="Uusi", slug="uusi", locale=shelf.locale, body=[("heading", "Alku")])
    guide.set_url_path(shelf)
    guide.path, guide.depth = f"{shelf.path}ZZZZ", shelf.depth + 1
    response = guide.make_preview_request()
    assert response.status_code == 200


def count_queries(django_assert_max_num_queries, client):
    with django_assert_max_num_queries(INDEX_BUDGET) as queries:
        assert client.get("/oppaat/").status_code == 200
    return len(queries)


def test_index_takes_as_many_queries_for_two_pages_as_for_twenty(client, shelf, django_assert_max_num_queries):
    def fill(number):
        for _one in range(number):
            add_themes(GuidePageFactory(parent=shelf), "Palkkatuki", "Perehdytys")
            add_themes(TrainingPackagePageFactory(parent=shelf), "Perehdytys")

    fill(1)
    client.get("/oppaat/")
    few = count_queries(django_assert_max_num_queries, client)
    fill(9)
    assert count_queries(django_assert_max_num_queries, client) == few
