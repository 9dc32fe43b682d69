"""The checks run on every edit, by whoever; one that makes an open posting look like a scam hides it until seen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs.applications.actions.errors import PostingClosed
from jobs.discovery.index import KIND
from jobs.postings import actions
from jobs.postings.enums import EventKind, Flag
from jobs.postings.models import JobPosting
from jobs.review import actions as review
from portal.states import TransitionNotAllowed
from search.searching import search
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.applications.test_actions import send
from tests.jobs.factories import JobPostingFactory
from tests.jobs.review.test_views import moderator
from tests.organisations.factories import OrganisationFactory

__all__ = ["moderator"]
pytestmark = pytest.mark.django_db

SCAM = "Kirjoita meille Telegramissa."


@pytest.fixture
def writer():
    return UserFactory()


@pytest.fixture
def organisation(writer):
    return OrganisationFactory(admin=writer)


@pytest.fixture
def posting(organisation):
    return JobPostingFactory(organisation=organisation)


@pytest.fixture
def hidden(posting, writer):
    actions.edit(posting, {"description": SCAM}, by=writer)
    posting.refresh_from_db()
    return posting


def marks(posting):
    return {(flag["flag"], flag["field"]) for flag in posting.flags}


@pytest.mark.parametrize("state", ["draft", "changes_requested", "published"])
def test_every_edit_is_checked(organisation, writer, state):
    posting = JobPostingFactory(organisation=organisation, **{state: True})
    actions.edit(posting, {"description": "Etsimme nuorta apulaista."}, by=writer)
    posting.refresh_from_db()
    assert marks(posting) == {(Flag.DISCRIMINATION, "description")}
    actions.edit(posting, {"description": "Etsimme apulaista."}, by=writer)
    posting.refresh_from_db()
    assert posting.flags == []


def test_the_rows_of_an_edit_are_checked_as_they_are_now(posting, writer):
    task = {"title": "Viestejä telegram", "kind": "CORE", "minutes_per_week": 60, "can_be_left_out": True}
    actions.edit(posting, {"tasks": [task]}, by=writer)
    posting.refresh_from_db()
    assert marks(posting) == {(Flag.PHISHING, "tasks")}
    assert posting.hidden_for == "telegram"


def test_a_copy_and_a_new_posting_are_checked(organisation, writer):
    old = JobPostingFactory(organisation=organisation, description=SCAM, filled=True)
    assert marks(actions.copy(old, by=writer)) == {(Flag.PHISHING, "description")}
    assert marks(actions.create(organisation, by=writer, description=SCAM)) == {(Flag.PHISHING, "description")}


def test_a_draft_is_not_hidden_nor_what_a_moderator_has_seen(organisation, writer):
    posting = JobPostingFactory(organisation=organisation, draft=True)
    actions.edit(posting, {"description": SCAM}, by=writer)
    actions.submit(posting, by=writer)
    review.publish(posting, by=UserFactory())
    actions.edit(posting, {"fits": "Sopii, jos pidät ruoasta."}, by=writer)
    posting.refresh_from_db()
    assert (posting.hidden_for, posting.is_open) == ("", True)
    actions.edit(posting, {"fits": "Sopii, jos sinulla on bitcoin."}, by=writer)
    posting.refresh_from_db()
    assert (posting.hidden_for, posting.is_open) == ("bitcoin", False)


def test_every_door_is_shut_and_opens_when_it_is_seen(client, hidden, writer):
    doors = [
        hidden.get_absolute_url(),
        reverse("jobs:posting_short", args=[hidden.pk]),
        reverse("jobs:posting_print", args=[hidden.pk]),
        reverse("jobs:posting_calendar", args=[hidden.pk]),
        reverse("jobs:posting_apply", args=[hidden.pk]),
    ]
    assert [client.get(door, follow=True).status_code for door in doors] == [404] * len(doors)
    lists = [reverse("jobs:posting_list"), hidden.organisation.get_absolute_url(), "/", "/sitemap-postings.xml"]
    for address in lists:
        assert hidden.get_absolute_url() not in client.get(address).text
    assert client.post(reverse("jobs:posting_save"), {"posting": hidden.pk}).status_code == 404
    assert search(KIND).total == 0
    assert not JobPosting.objects.open().exists() and not JobPosting.objects.public().exists()
    assert not (hidden.is_open or hidden.is_public)
    with pytest.raises(PostingClosed):
        send(hidden)
    review.accept_edit(hidden, by=UserFactory())
    for door in doors:
        assert client.get(door, follow=True).status_code == 200
    assert hidden.get_absolute_url() in client.get(reverse("jobs:posting_list")).text


def test_taking_the_words_away_does_not_show_it_before_it_is_seen(hidden, writer):
    actions.edit(hidden, {"description": "Teet salaatteja."}, by=writer)
    hidden.refresh_from_db()
    assert (hidden.flags, hidden.hidden_for) == ([], "Telegramissa")
    assert [event.kind for event in hidden.events.all()] == [EventKind.EDITED, EventKind.HIDDEN, EventKind.EDITED]
    assert hidden.events.get(kind=EventKind.HIDDEN).by is None


def test_closing_and_opening_again_does_not_show_it(hidden, writer):
    actions.fill(hidden, by=writer)
    assert not JobPosting.objects.public().exists()
    actions.reopen(hidden, by=writer)
    assert not JobPosting.objects.open().exists()


def test_a_new_approval_shows_it(hidden, writer):
    review.recall(hidden, by=UserFactory(), reason="Tarkistamme.")
    review.publish(hidden, by=UserFactory())
    assert JobPosting.objects.open().exists()


def test_it_is_on_top_of_the_queue_with_the_words_named(moderator, hidden):
    waiting = JobPostingFactory(submitted=True)
    edited = JobPostingFactory(is_edited_after_approval=True)
    page = moderator.get(reverse("posting:index"))
    assert list(page.context["object_list"]) == [hidden, waiting, edited]
    assert "Piilossa: Telegramissa" in page.text
    text = moderator.get(reverse("posting:inspect", args=[hidden.pk])).text
    assert "Piilotettu" in text and "Telegram" in text


def test_a_moderator_shows_only_what_was_seen(moderator, hidden, writer):
    seen = hidden.revision
    actions.edit(hidden, {"title": "Bitcoin"}, by=writer)
    with pytest.raises(TransitionNotAllowed):
        review.accept_edit(hidden, by=UserFactory(), revision=seen)
    moderator.post(reverse("posting:accept_edit", args=[hidden.pk]), {"revision": seen})
    hidden.refresh_from_db()
    assert hidden.hidden_for == "Telegramissa, Bitcoin"
    moderator.post(reverse("posting:accept_edit", args=[hidden.pk]), {"revision": hidden.revision})
    hidden.refresh_from_db()
    assert hidden.hidden_for == ""


def test_the_organisation_is_told_kindly(client, hidden, writer):
    desk = sign_in(client, writer)
    for address in (
        reverse("organisations:desk"),
        reverse("jobs:desk_postings"),
        reverse("jobs:desk_posting", args=[hidden.pk]),
        reverse("jobs:posting_edit", args=[hidden.pk, "tarkista"]),
    ):
        assert "Piilossa" in desk.get(address).text


def test_who_writes_sees_what_the_checks_found(client, organisation, writer):
    desk, draft = sign_in(client, writer), JobPostingFactory(organisation=organisation, draft=True)
    actions.edit(draft, {"fits": "Sopii nuorille, nuori apulainen"}, by=writer)
    for step in ("nimi", "tarkista"):
        text = desk.get(reverse("jobs:posting_edit", args=[draft.pk, step])).text
        assert "“nuori”" in text or "”nuori”" in text
    assert "nuori”" not in desk.get(reverse("jobs:posting_edit", args=[draft.pk, "paikka"])).text


def test_whose_edit_hides_an_open_posting_is_told_at_once(client, posting, writer):
    desk = sign_in(client, writer)
    address = reverse("jobs:posting_edit", args=[posting.pk, "nimi"])
    sent = {
        "title": "Bitcoin-apulainen",
        "task_field": posting.task_field_id,
        "fits": "",
        "language": "fi",
        "revision": posting.revision,
    }
    page = desk.post(address, sent, follow=True)
    assert "warning" in [message.level_tag for message in page.context["messages"]]
    assert JobPosting.objects.get().hidden_for == "Bitcoin"


def test_the_queue_asks_the_same_for_2_and_20_hidden(moderator, organisation):
    moderator.get(reverse("posting:index"))
    asked = []
    for count in (2, 18):
        for _number in range(count):
            JobPostingFactory(organisation=organisation, is_edited_after_approval=True, hidden_for="telegram")
        with CaptureQueriesContext(connection) as queries:
            moderator.get(reverse("posting:index"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
