"""The short form of `tests/evidence/hostile.py`: a few hundred of its requests, as a stranger and with every right."""

import pytest

from tests.accounts.factories import UserFactory, sign_in
from tests.evidence import hostile
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory


@pytest.mark.django_db
@pytest.mark.raw_pages
@pytest.mark.parametrize("role", ["a stranger", "an administrator", "a superuser"])
def test_no_request_is_a_fault(client, role):
    client.raise_request_exception = False
    person = UserFactory(superuser=role == "a superuser")
    organisation = OrganisationFactory(admin=person)
    ApplicationFactory(posting=JobPostingFactory(organisation=organisation))
    for number, (method, address, headers, body) in enumerate(hostile.requests(150, seed=role)):
        if number % 50 == 0 and role != "a stranger":
            sign_in(client, person)
        kind = headers.pop("Content-Type", "")
        fields = {name: text.encode("latin-1", "replace").decode("latin-1") for name, text in headers.items()}
        answer = client.generic(method, address, body or b"", content_type=kind, headers=fields)
        assert answer.status_code < 500, (method, address, kind, body)
