"""Whatever stands in an address, a form or a cookie: the answer is a page, and never a fault of ours."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

BAD = [
    "9" * 5000,
    "-1",
    "٣",
    "\ud7ff",
    "//[",
    "/\t/[x",
    "/a\nb",
    "/" + "x" * 3000,
    "http://[::1",
    "/%zz",
    "None",
    "1 OR 1=1",
    "/\\evil.example",
    "😀" * 50,
    "\u202e",
]
NAMES = (
    "q",
    "kunta",
    "ala",
    "sade",
    "page",
    "jarjestys",
    "teema",
    "tyo",
    "tila",
    "organisation",
    "code",
    "step",
    "next",
)
COOKIES = ("saved", "theme", "session", "csrf", "django_language", "messages")

pytestmark = [pytest.mark.django_db, pytest.mark.raw_pages]


@pytest.fixture(params=["a stranger", "an administrator"])
def visitor(request, client):
    person = UserFactory()
    JobPostingFactory(organisation=OrganisationFactory(admin=person))
    return client if request.param == "a stranger" else sign_in(client, person)


PAGES = (
    "account_login",
    "jobs:application_status",
    "jobs:desk_applications",
    "jobs:desk_postings",
    "jobs:posting_list",
    "organisations:desk",
    "organisations:organisation_list",
    "search:site_search",
)


@pytest.mark.parametrize("name", PAGES)
def test_no_value_in_an_address_is_a_fault(visitor, name):
    for value in BAD:
        assert visitor.get(reverse(name), dict.fromkeys(NAMES, value)).status_code < 500, value


@pytest.mark.parametrize("name", ["portal:theme", "account_login"])
def test_no_way_back_is_a_fault_or_leads_away(visitor, name):
    for value in BAD:
        answer = visitor.post(reverse(name), {"next": value, "theme": value, "login": value})
        assert answer.status_code < 500, value
        assert not answer.headers.get("Location", "/").startswith(("//", "http", "/\\")), value


def test_no_cookie_is_a_fault(client):
    for name in COOKIES:
        for value in BAD:
            client.cookies.clear()
            client.cookies[name] = value.encode("ascii", "ignore").decode().translate({9: None, 10: None})
            assert client.get(reverse("jobs:posting_list")).status_code < 500, (name, value)
