"""Similar jobs stand on the public page alone."""

import pytest

from search import searching
from tests.accounts.factories import sign_in
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["tulosta", "esikatselu", "tarkista"])
def test_only_the_public_page_looks_for_similar_jobs(client, monkeypatch, page):
    """The check, the preview and the paper show the posting alone; a search would cost them and show nothing."""
    posting = JobPostingFactory()
    member = MembershipFactory(organisation=posting.organisation)
    sign_in(client, member.user)
    asked, search = [], searching.search
    monkeypatch.setattr(searching, "search", lambda *args, **wishes: asked.append(args) or search(*args, **wishes))
    address = {
        "tulosta": f"/tyopaikat/{posting.pk}/tulosta/",
        "esikatselu": f"/tyopoyta/tyot/{posting.pk}/esikatselu/",
        "tarkista": f"/tyopoyta/tyot/{posting.pk}/muokkaa/tarkista/",
    }[page]
    assert client.get(address).status_code == 200
    assert not asked
    assert client.get(posting.get_absolute_url()).status_code == 200
    assert asked
