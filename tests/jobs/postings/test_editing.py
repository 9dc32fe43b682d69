"""Every change of a posting's answers goes through one action."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.postings import actions
from jobs.postings.actions.editing import stored_answer
from jobs.postings.models import JobPosting
from organisations.permissions import NotAllowed
from tests.accounts.factories import UserFactory
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return UserFactory()


@pytest.fixture
def draft(writer):
    return JobPostingFactory(draft=True, organisation=OrganisationFactory(member=writer), title="Vanha")


@pytest.fixture
def colleague(draft):
    return MembershipFactory(organisation=draft.organisation).user


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_a_paused_or_closed_organisation_writes_nothing(writer, state):
    posting = JobPostingFactory(draft=True, organisation=OrganisationFactory(member=writer, **{state: True}))
    for write in (
        lambda: actions.edit(posting, {"title": "Muutettu"}, by=writer),
        lambda: actions.submit(posting, by=writer),
        lambda: actions.copy(posting, by=writer),
        lambda: actions.create(posting.organisation, by=writer),
        lambda: actions.withdraw(posting, by=writer),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert JobPosting.objects.get().status == "DRAFT"


def test_a_stranger_writes_nothing(draft):
    with pytest.raises(NotAllowed):
        actions.edit(draft, {"title": "Muutettu"}, by=UserFactory())


def test_only_what_differs_is_written_and_counted(draft, writer):
    before = draft.revision
    assert actions.edit(draft, {"title": "Vanha", "fits": "Sopii, jos pidät pihasta."}, by=writer) == ["fits"]
    draft.refresh_from_db()
    assert (draft.fits, draft.revision) == ("Sopii, jos pidät pihasta.", before + 1)
    assert actions.edit(draft, {"fits": "Sopii, jos pidät pihasta."}, by=writer) == []
    draft.refresh_from_db()
    assert draft.revision == before + 1


def test_what_somebody_else_saved_is_not_overwritten_and_both_versions_are_told(draft, writer, colleague):
    seen = draft.revision
    actions.edit(draft, {"title": "Työkaverin"}, by=colleague, revision=seen)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.edit(draft, {"title": "Minun", "fits": draft.fits}, by=writer, revision=seen)
    (difference,) = refused.value.differences
    assert (difference.name, difference.theirs, difference.mine) == ("title", "Työkaverin", "Minun")
    draft.refresh_from_db()
    assert draft.title == "Työkaverin"


def test_the_same_words_as_the_others_are_no_conflict(draft, writer, colleague):
    seen = draft.revision
    actions.edit(draft, {"title": "Sama"}, by=colleague, revision=seen)
    assert actions.edit(draft, {"title": "Sama"}, by=writer, revision=seen) == []


def test_rows_are_written_in_their_order_and_firm_demands_follow(draft, writer):
    tasks = [
        {"title": title, "kind": "CORE", "minutes_per_week": None, "can_be_left_out": False}
        for title in ("Ruoka", "Astiat")
    ]
    demands = [
        {"demand": "LIFTING", "level": 2, "can_be_adapted": False, "note": ""},
        {"demand": "PEOPLE", "level": 1, "can_be_adapted": True, "note": "Voi jättää pois."},
    ]
    assert actions.edit(draft, {"tasks": tasks, "demands": demands}, by=writer) == ["tasks", "demands"]
    draft = JobPosting.objects.get(pk=draft.pk)
    assert stored_answer(draft, "tasks") == tasks
    assert stored_answer(draft, "demands") == demands
    assert draft.firm_demands == 2


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"description": "Soita 010190-900P"}, ["description"]),
        (
            {"tasks": [{"title": "010190-900P", "kind": "CORE", "minutes_per_week": None, "can_be_left_out": False}]},
            ["tasks"],
        ),
    ],
)
def test_an_identity_code_is_refused_by_the_answers_name(draft, writer, answers, named):
    with pytest.raises(actions.IdentityCodeFound) as refused:
        actions.edit(draft, answers, by=writer)
    assert refused.value.fields == named
    draft.refresh_from_db()
    assert "010190" not in draft.description


@pytest.mark.parametrize("trait", ["submitted", "filled", "withdrawn", "expired"])
def test_what_is_not_open_for_editing_is_refused(writer, trait):
    posting = JobPostingFactory(organisation=OrganisationFactory(member=writer), **{trait: True})
    with pytest.raises(actions.TransitionNotAllowed):
        actions.edit(posting, {"title": "Muutettu"}, by=writer)


def test_a_new_deadline_of_an_open_posting_moves_the_deletion_of_its_applications(writer):
    posting = JobPostingFactory(organisation=OrganisationFactory(member=writer))
    application = ApplicationFactory(posting=posting)
    later = timezone.localdate() + timedelta(days=50)
    actions.edit(posting, {"application_deadline": later}, by=writer)
    application.refresh_from_db()
    assert application.delete_on == later + timedelta(days=365)
