"""An action does what its act allows and nothing more, though another act leads to the same state."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.postings import actions, acts
from jobs.postings.enums import CLOSED, PostingStatus
from jobs.review import actions as review
from jobs.review import acts as review_acts
from portal.states import TooLate, TransitionNotAllowed
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import MembershipFactory

pytestmark = pytest.mark.django_db

BY_MEMBER = {
    acts.SUBMIT: actions.submit,
    acts.TAKE_BACK: actions.take_back,
    acts.WITHDRAW: actions.withdraw,
    acts.FILL: actions.fill,
    acts.REOPEN: actions.reopen,
    acts.CONFIRM: actions.confirm,
}
BY_MODERATOR = {
    review_acts.PUBLISH: review.publish,
    review_acts.REQUEST_CHANGES: lambda posting, by: review.request_changes(
        posting, by=by, requests={"title": "Miksi?"}
    ),
    review_acts.REFUSE: lambda posting, by: review.refuse(posting, by=by, reason="Syy."),
    review_acts.RECALL: lambda posting, by: review.recall(posting, by=by, reason="Syy."),
    review_acts.ACCEPT_EDIT: review.accept_edit,
}


def every(table):
    return [pytest.param(act, change, id=act.name) for act, change in table.items()]


@pytest.mark.parametrize("status", PostingStatus)
@pytest.mark.parametrize(("act", "change"), every(BY_MEMBER))
def test_a_member_does_what_the_act_allows(act, change, status):
    posting = JobPostingFactory(status=status, closed_at=timezone.now() if status in CLOSED else None)
    member = MembershipFactory(organisation=posting.organisation).user
    if act == acts.CONFIRM and status == PostingStatus.PUBLISHED:
        pytest.skip("one that was confirmed lately stays as it is")
    if act.is_possible(posting):
        change(posting, by=member)
        return
    with pytest.raises((TransitionNotAllowed, TooLate)):
        change(posting, by=member)
    posting.refresh_from_db()
    assert posting.status == status


@pytest.mark.parametrize("status", PostingStatus)
@pytest.mark.parametrize(("act", "change"), every(BY_MODERATOR))
def test_a_moderator_does_what_the_act_allows(act, change, status):
    posting = JobPostingFactory(status=status, closed_at=timezone.now() if status in CLOSED else None)
    if act.is_possible(posting):
        change(posting, by=UserFactory())
        return
    with pytest.raises(TransitionNotAllowed):
        change(posting, by=UserFactory())
    posting.refresh_from_db()
    assert posting.status == status


def test_an_old_page_does_not_take_an_open_posting_back_to_review(client):
    posting = JobPostingFactory()
    sign_in(client, MembershipFactory(organisation=posting.organisation).user)
    answer = client.post(reverse("jobs:posting_submit", args=[posting.pk]), follow=True)
    posting.refresh_from_db()
    assert posting.is_open
    assert "Joku ehti ensin" in answer.text
