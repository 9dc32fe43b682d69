import json
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from accounts.models import User
from jobs.applications.enums import ApplicationStatus
from jobs.applications.models import Application
from jobs.postings.checks import check_posting
from jobs.postings.enums import PostingStatus
from jobs.postings.models import JobPosting, JobTask, PostingEvent
from organisations.demonstration.people import PEOPLE
from organisations.enums import Capability, ChangeStatus, RolloutState
from organisations.models import (
    DetailsChange,
    Mandate,
    MandateEvent,
    Membership,
    Municipality,
    MunicipalityRollout,
    Organisation,
    OrganisationEvent,
)
from organisations.permissions import may_enter_job_bank
from organisations.roles import Verb

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_loopback(settings):
    settings.PUBLIC_URL = "http://localhost:8000"


def seed(**options):
    out = StringIO()
    call_command("seed", stdout=out, verbosity=0, **options)
    return out.getvalue()


def test_seed_refuses_a_public_site(settings):
    settings.PUBLIC_URL = "https://example.org"
    with pytest.raises(CommandError):
        seed()
    assert not Organisation.objects.exists()


def test_seed_locks_invented_staff_out_of_a_public_site(settings):
    settings.PUBLIC_URL = "https://example.org"
    seed(even_in_production=True)
    staff = User.objects.filter(is_staff=True)
    assert staff.count() == 4
    assert not staff.filter(is_active=True).exists()
    assert JobPosting.objects.open().exists()


def test_seed_writes_a_whole_site(on_loopback):
    out = seed()
    assert JobPosting.objects.open().count() >= 34
    assert set(Application.objects.values_list("status", flat=True)) == set(ApplicationStatus)
    incomplete = [posting for posting in JobPosting.objects.exclude(status="DRAFT").order_by("pk") if posting.missing]
    assert not incomplete
    marked = [posting for posting in JobPosting.objects.open().order_by("pk") if check_posting(posting).flags]
    assert not marked
    assert not Organisation.objects.exclude(memberships__role="ADMIN").exists()
    assert Page.find_problems() == ([], [], [], [], [])
    for posting in JobPosting.objects.order_by("pk"):
        events = list(posting.events.order_by("at", "pk"))
        assert events[-1].to_status == posting.status
    for person in PEOPLE:
        assert person.email in out
    staff = User.objects.filter(is_staff=True)
    assert staff.count() == staff.filter(authenticator__type="totp").count() == 4


def test_seed_shows_rollout_mandates_and_who_works_by_them(on_loopback):
    """Each change with who and why, each mandate with its events, and a desk for each of the capabilities."""
    seed()
    places = Municipality.objects.with_rollout()
    assert {place.rollout for place in places} == set(RolloutState)
    assert any(place.next_rollout_row for place in places)
    assert all(row.by and row.note for row in MunicipalityRollout.objects.order_by("pk"))
    assert {mandate.works for mandate in Mandate.objects.order_by("pk")} == {True, False}
    for mandate in Mandate.objects.order_by("pk"):
        ways = [event.to_status for event in mandate.events.order_by("at", "pk")]
        assert ways == (["IN_FORCE", "REVOKED"] if mandate.revoked_at else ["IN_FORCE"])
        assert mandate.given_by in mandate.giver.members.all()
    given = OrganisationEvent.objects.exclude(capability="").values_list("capability", "organisation")
    assert {capability for capability, _organisation in given} == set(Capability)
    coaches = Membership.objects.coaches()
    assert {may_enter_job_bank(coach) for coach in coaches if coach.municipalities.exists()} == {True, False}
    for verb in (Verb.COACH, Verb.SUPPORT_EMPLOYERS, Verb.SPEAK_FOR_MUNICIPALITY):
        people = [person for person in PEOPLE if can(person.email, verb)]
        assert people, verb


def test_seed_shows_what_waits_for_staff_after_verification(on_loopback):
    seed()
    change = DetailsChange.objects.get()
    assert change.status == ChangeStatus.WAITING
    assert change.differences
    hidden = JobPosting.objects.exclude(hidden_for="").get()
    assert hidden.is_hidden
    assert hidden.hidden_for in {flag["words"] for flag in hidden.flags}


def can(email, verb):
    return any(verb in membership.verbs for membership in Membership.objects.filter(user__email=email))


def test_seed_again_changes_nothing(on_loopback):
    seed()
    counted = [JobPosting, Application, PostingEvent, Organisation, Membership, User, Page]
    counted += [
        DetailsChange,
        OrganisationEvent,
        MunicipalityRollout,
        Mandate,
        MandateEvent,
        Membership.municipalities.through,
    ]
    before = [model.objects.count() for model in counted]
    seed()
    assert [model.objects.count() for model in counted] == before


def test_scale_adds_the_same_jobs_on_every_machine(on_loopback):
    seed(scale=30)
    generated = JobPosting.objects.filter(contact_email__endswith="@mittakaava.example")
    first = list(generated.order_by("pk").values_list("title", "task_field__code", "hours_max", "status"))
    assert len(first) == 30
    assert JobTask.objects.filter(posting__in=generated).count() == 90
    seed(scale=20)
    seed(scale=60)
    again = list(generated.order_by("pk").values_list("title", "task_field__code", "hours_max", "status"))
    assert len(again) == 60
    assert again[:30] == first


def test_canary_gives_ready_sessions_and_marks(on_loopback, tmp_path, client):
    file = tmp_path / "canary.json"
    seed(canary=str(file))
    report = json.loads(file.read_text())
    roles, marks = report["roles"], report["marks"]
    assert roles["anonymous"]["sees"] == []
    assert "a_application_name" in roles["member_a1"]["sees"]
    assert "a_application_name" not in [*roles["member_b1"]["sees"], *roles["moderator_1"]["sees"]]
    for role in ("contact_a", "moderator_1"):
        assert "a_rollout_note" in roles[role]["sees"]
    for role in ("contact_b", "admin_a1", "editor_1"):
        assert "a_rollout_note" not in roles[role]["sees"]
    for mark in marks.values():
        model = apps.get_model(mark["model"])
        assert model.objects.filter(**{mark["field"]: mark["value"]}).exists()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = roles["moderator_1"]["session"]
    assert client.get("/admin/").status_code == 200


def test_canary_is_refused_on_a_public_site(settings, tmp_path):
    settings.PUBLIC_URL = "https://example.org"
    with pytest.raises(CommandError):
        seed(canary=str(tmp_path / "canary.json"), even_in_production=True)
    assert not JobPosting.objects.filter(status=PostingStatus.PUBLISHED).exists()
