import pytest
from django.urls import reverse

from jobs.postings import actions
from jobs.review import actions as review_actions
from portal.site.groups import MODERATORS, set_up_groups
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory
from tests.permissions.conftest import in_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    set_up_groups()
    return sign_in(client, in_group(UserFactory(name="Mauri"), MODERATORS))


def page(posting):
    return reverse("posting:inspect", args=[posting.pk])


def test_the_queue_shows_what_waits_first_and_the_oldest_first(moderator):
    old, new = JobPostingFactory(submitted=True, title="Vanhin"), JobPostingFactory(submitted=True, title="Uudempi")
    JobPostingFactory(title="Avoin")
    JobPostingFactory(title="Ei vielä lähetetty", draft=True)
    text = moderator.get(reverse("posting:index")).content.decode()
    assert text.index(old.title) < text.index(new.title) < text.index("Avoin")
    assert "Ei vielä lähetetty" not in text


def test_the_review_shows_marks_changes_and_every_answer(moderator):
    writer = UserFactory()
    posting = JobPostingFactory(
        draft=True, created_by=writer, organisation=OrganisationFactory(member=writer), description="Soita 040 123 4567"
    )
    actions.submit(posting, by=writer)
    review_actions.request_changes(posting, by=writer, requests={"description": "Siirrä numero."})
    posting.description = "Työ on mukavaa."
    posting.save()
    actions.submit(posting, by=writer)
    text = moderator.get(page(posting)).content.decode()
    assert "Soita 040 123 4567" in text and "Työ on mukavaa." in text
    assert "Siirrä numero." in text


def test_publish_opens_and_leads_to_the_next_in_the_queue(moderator):
    first, second = JobPostingFactory(submitted=True), JobPostingFactory(submitted=True)
    answer = moderator.post(reverse("posting:publish", args=[first.pk]), {"revision": first.revision})
    assert answer.headers["Location"] == page(second)
    first.refresh_from_db()
    assert first.is_open


def test_the_second_moderator_is_told_what_the_first_did(moderator):
    posting = JobPostingFactory(submitted=True)
    moderator.post(reverse("posting:publish", args=[posting.pk]), {"revision": posting.revision})
    answer = moderator.post(reverse("posting:refuse", args=[posting.pk]), {"reason": "Ei käy"}, follow=True)
    assert "joku ehti ensin" in answer.content.decode()
    posting.refresh_from_db()
    assert posting.status == "PUBLISHED"


def test_a_change_is_asked_for_on_one_answer_with_a_ready_sentence(moderator):
    posting = JobPostingFactory(submitted=True)
    data = {"revision": posting.revision, "ready_easy_text": "", "words_easy_text": "Kirjoita helppo teksti."}
    moderator.post(reverse("posting:request_changes", args=[posting.pk]), data)
    posting.refresh_from_db()
    assert posting.status == "CHANGES_REQUESTED"
    assert [(comment.field, comment.text) for comment in posting.comments.all()] == [
        ("easy_text", "Kirjoita helppo teksti.")
    ]


def test_asking_for_nothing_is_told_and_loses_nothing(moderator):
    posting = JobPostingFactory(submitted=True)
    answer = moderator.post(reverse("posting:request_changes", args=[posting.pk]), {"revision": posting.revision})
    assert answer.status_code == 422
    assert "Valitse valmis lause" in answer.content.decode()
    refused = moderator.post(reverse("posting:refuse", args=[posting.pk]), {"reason": ""})
    assert "Kirjoita syy" in refused.content.decode()
    posting.refresh_from_db()
    assert posting.status == "SUBMITTED"


def test_an_unverified_organisation_comes_first(moderator):
    posting = JobPostingFactory(submitted=True, organisation=OrganisationFactory(pending=True))
    answer = moderator.post(reverse("posting:publish", args=[posting.pk]), follow=True)
    assert "Merkitse se ensin tarkistetuksi" in answer.content.decode()
    posting.refresh_from_db()
    assert posting.status == "SUBMITTED"


def test_a_published_posting_is_taken_back_and_an_edit_accepted(moderator):
    posting = JobPostingFactory(is_edited_after_approval=True)
    moderator.post(reverse("posting:accept_edit", args=[posting.pk]))
    posting.refresh_from_db()
    assert not posting.is_edited_after_approval
    moderator.post(reverse("posting:recall", args=[posting.pk]), {"reason": "Yhteystieto puuttuu."})
    posting.refresh_from_db()
    assert posting.status == "SUBMITTED"


@pytest.mark.parametrize("rows", [2, 20])
def test_the_queue_asks_the_same_few_questions(moderator, rows, django_assert_max_num_queries):
    organisation = OrganisationFactory()
    for _row in range(rows):
        JobPostingFactory(submitted=True, organisation=organisation, tasks=[])
    moderator.get(reverse("posting:index"))
    with django_assert_max_num_queries(QUEUE_QUERIES):
        moderator.get(reverse("posting:index"))


QUEUE_QUERIES = 20
