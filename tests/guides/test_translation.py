"""A guide goes through the translators' tool and comes out as a page of the other language."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from guides.models import GuidePage
from tests.guides.factories import GuidePageFactory, add_themes

WORDS = {"Hyvä alku": "En god start", "Ennen kuin aloitat": "Innan du börjar", "Avain on valmiina": "Nyckeln är klar"}


@pytest.fixture
def translated(shelves):
    guide = add_themes(GuidePageFactory(parent=shelves["fi"], title="Hyvä alku", slug="alku"), "Perehdytys")
    source, _created = TranslationSource.get_or_create_from_instance(guide)
    swedish = Locale.objects.get(language_code="sv")
    translation = Translation.objects.create(source=source, target_locale=swedish)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=swedish,
            context=segment.context,
            data=WORDS.get(segment.string.data, segment.string.data),
        )
    translation.save_target(publish=True)
    return GuidePage.objects.get(locale=swedish)


def test_translators_meet_every_text_of_the_guide(shelves):
    source, _created = TranslationSource.get_or_create_from_instance(GuidePageFactory(parent=shelves["fi"]))
    texts = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert {"Ennen kuin aloitat", "Ensimmäinen päivä", "Avain on valmiina", "Sovi työpari."} <= texts


def test_translation_is_a_page_under_the_other_shelf(client, shelves, translated):
    page = client.get(translated.get_url())
    assert page.status_code == 200
    html = page.content.decode()
    assert '<html lang="sv"' in html
    assert "<h1>En god start</h1>" in html
    assert '<h2 id="osa-innan-du-borjar">' in html
    assert "Nyckeln är klar" in html


def test_translation_keeps_reader_dates_and_themes(shelves, translated):
    original = GuidePage.objects.get(locale__language_code="fi")
    assert translated.audience == original.audience
    assert (translated.checked_date, translated.review_by) == (original.checked_date, original.review_by)
    assert list(translated.themes.names()) == ["Perehdytys"]


def test_new_translation_stays_a_draft_until_somebody_publishes_it(shelves):
    guide = GuidePageFactory(parent=shelves["fi"])
    source, _created = TranslationSource.get_or_create_from_instance(guide)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="sv"))
    translation.save_target(publish=False)
    assert not GuidePage.objects.get(locale__language_code="sv").live
