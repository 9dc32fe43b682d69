from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from guides.enums import Audience
from guides.models import GuidePage, TrainingPackagePage
from tests.guides.factories import GuidePageFactory, TrainingPackagePageFactory, add_themes

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 400, None])
def test_due_for_review_agrees_in_python_and_in_the_database(shelf, days):
    review_by = None if days is None else TODAY + timedelta(days=days)
    with time_machine.travel("2026-11-24 10:00:00+02:00"):
        guide = GuidePageFactory(parent=shelf, checked_date=None, review_by=review_by)
        assert guide.is_due_for_review == GuidePage.objects.due_for_review().filter(pk=guide.pk).exists()
        assert guide.is_due_for_review == (days is not None and days <= 0)


def test_next_check_comes_after_the_last_one():
    with pytest.raises(ValidationError) as refusal:
        GuidePage(title="Opas", slug="opas", checked_date=TODAY, review_by=TODAY).clean()
    assert set(refusal.value.message_dict) == {"review_by"}


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (5, "5 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes"), (0, "0 minutes")],
)
def test_duration_is_said_in_hours_and_minutes(minutes, words):
    with translation.override("en"):
        assert GuidePage(minutes=minutes).duration == words


def test_goals_are_lines_without_their_bullets():
    assert GuidePage(learning_goals="- jakamaan työn\n\n • kokoamaan työn \n").goals == [
        "jakamaan työn",
        "kokoamaan työn",
    ]


def test_parts_follow_headings_and_checklists(shelf):
    assert [part["title"] for part in GuidePageFactory(parent=shelf).parts] == [
        "Ennen kuin aloitat",
        "Ensimmäinen päivä",
    ]


def test_related_pages_share_a_theme_training_first(shelf):
    guide = add_themes(GuidePageFactory(parent=shelf), "Perehdytys")
    training = add_themes(TrainingPackagePageFactory(parent=shelf), "perehdytys")
    sister = add_themes(GuidePageFactory(parent=shelf), "Perehdytys", "Palkkatuki")
    add_themes(GuidePageFactory(parent=shelf), "Palkkatuki")
    add_themes(GuidePageFactory(parent=shelf, live=False), "Perehdytys")
    assert [page.pk for page in guide.related()] == [training.pk, sister.pk]


def test_related_pages_are_few(shelf):
    guide = add_themes(GuidePageFactory(parent=shelf), "Perehdytys")
    for _number in range(5):
        add_themes(GuidePageFactory(parent=shelf), "Perehdytys")
    assert len(guide.related()) == 3


def test_search_finds_the_text_of_guides(shelf):
    guide = GuidePageFactory(parent=shelf, title="Hyvä alku")
    assert [page.pk for page in GuidePage.objects.live().search("perehdytys")] == [guide.pk]


def test_audience_follows_the_first_language():
    (field,) = [
        override for override in TrainingPackagePage.override_translatable_fields if override.field_name == "audience"
    ]
    assert field.is_synchronized(TrainingPackagePage(audience=Audience.EMPLOYER))
    assert not field.is_overridable(TrainingPackagePage())
