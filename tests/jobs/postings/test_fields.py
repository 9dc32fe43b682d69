"""The table of answers is whole: the model has nothing beside it that a person writes, and moderators see all of it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jobs.postings import fields
from jobs.postings.forms.wizard import STEPS
from jobs.postings.models import JobPosting, JobTask, PostingDemand, PostingLanguage
from jobs.postings.snapshot import label_of, snapshot_of
from portal.site.groups import MODERATORS, set_up_groups
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory, TaskFieldFactory
from tests.organisations.factories import MunicipalityFactory
from tests.permissions.conftest import in_group

# Who owns the posting is no answer; `saved_at` is written by the clock.
NO_ANSWERS = {"id", "organisation", "saved_at"}


def test_every_field_that_a_person_writes_is_in_the_table():
    written = {field.name for field in JobPosting._meta.concrete_fields if field.editable} - NO_ANSWERS
    assert written == set(fields.names(is_rows=False))


def test_every_answer_of_rows_has_the_columns_of_its_model():
    for answer in fields.ANSWERS:
        if answer.is_rows:
            model = JobPosting._meta.get_field(answer.name).related_model
            own = {field.name for field in model._meta.concrete_fields} - {"id", "posting", "position"}
            assert own == set(answer.columns), answer.name


def test_every_answer_is_asked_in_its_step():
    asked = {name: step.slug for step in STEPS for name in step.answer_names()}
    assert asked == {answer.name: answer.step for answer in fields.ANSWERS if answer.step}


def test_code_sets_stand_with_the_answers_that_are_lists():
    lists = {field.name for field in JobPosting._meta.concrete_fields if field.get_internal_type() == "JSONField"}
    assert lists - {"flags"} == {answer.name for answer in fields.ANSWERS if answer.codes}


def answered():
    """A posting in which every answer says something of its own."""
    texts = {name: f"sana-{name}"[:5000] for name in fields.names(is_text=True)}
    numbers = {"hours_min": 12, "hours_max": 21, "remote_share": 35, "duration_months": 9, "openings": 4}
    posting = JobPostingFactory(
        submitted=True,
        tasks=[],
        **texts,
        **numbers,
        task_field=TaskFieldFactory(name_fi="Oma ala"),
        municipality=MunicipalityFactory(name_fi="Kaukala"),
        language="sv",
        postal_code="80999",
        contact_phone="013 999 999",
        contact_email="oma@example.fi",
        day_parts=["NIGHT"],
        start_kind="DATE",
        start_date=timezone.localdate(),
        end_date=timezone.localdate(),
        application_deadline=timezone.localdate(),
        continuity="SEASONAL",
        pay_basis="TIME",
        pay_min=Decimal("13.37"),
        pay_max=Decimal("14.42"),
        licences=["075"],
        support=["QUIET_PLACE"],
        is_subsidy_possible=True,
        is_tailored=True,
        is_trial_possible=True,
    )
    JobTask.objects.create(posting=posting, title="Oma tehtävä")
    PostingDemand.objects.create(posting=posting, demand="HURRY", level=2, note="Oma vaatimus")
    PostingLanguage.objects.create(posting=posting, language="et", level="C1")
    return posting


@pytest.mark.django_db
def test_the_moderators_page_shows_every_answer(client):
    set_up_groups()
    posting = answered()
    page = sign_in(client, in_group(UserFactory(), MODERATORS)).get(reverse("posting:inspect", args=[posting.pk]))
    shown = {row["name"]: row["value"] for row in page.context["review"].rows}
    assert set(shown) == set(fields.BY_NAME)
    text = page.content.decode()
    with translation.override("fi"):
        for name, value in shown.items():
            assert label_of(name) in text, name
            assert value and value.splitlines()[0].split(", ")[0][:20] in text, name


@pytest.mark.django_db
def test_a_snapshot_holds_every_answer():
    assert set(snapshot_of(answered())) == set(fields.BY_NAME)
