"""Postings and applications for tests. The plain posting is open; other situations are traits."""

import uuid
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from jobs.documents import index
from jobs.enums import ApplicationStatus, DeclineReason, PostingStatus, WithdrawalReason
from jobs.models import Application, JobPosting, JobTask
from jobs.models.application import KEEP_FOR
from jobs.models.phone_number import phone_key
from organisations.models import TaskField
from tests.organisations.factories import OrganisationFactory


class TaskFieldFactory(DjangoModelFactory):
    class Meta:
        model = TaskField
        django_get_or_create = ["code"]

    code = "kitchen"
    sign = "kitchen"
    name_fi = "Keittiö ja kahvila"
    name_sv = "Kök och kafé"
    name_en = "Kitchen and café"


class JobTaskFactory(DjangoModelFactory):
    class Meta:
        model = JobTask

    posting = factory.SubFactory("tests.jobs.factories.JobPostingFactory", tasks=[])
    title = "Astioiden pesu"
    minutes_per_week = 300


class JobPostingFactory(DjangoModelFactory):
    class Meta:
        model = JobPosting
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=PostingStatus.DRAFT, published_at=None, confirmed_at=None)
        submitted = factory.Trait(
            status=PostingStatus.SUBMITTED,
            submitted_at=factory.LazyFunction(timezone.now),
            published_at=None,
            confirmed_at=None,
        )
        changes_requested = factory.Trait(
            status=PostingStatus.CHANGES_REQUESTED,
            submitted_at=factory.LazyFunction(timezone.now),
            published_at=None,
            confirmed_at=None,
        )
        # The plain posting by its name.
        published = factory.Trait(status=PostingStatus.PUBLISHED)
        # Its time to apply is over, and the daily job has not been yet.
        ran_out = factory.Trait(
            application_deadline=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
        )
        filled = factory.Trait(status=PostingStatus.FILLED, closed_at=factory.LazyFunction(timezone.now))
        expired = factory.Trait(
            status=PostingStatus.EXPIRED,
            application_deadline=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)),
            closed_at=factory.LazyFunction(timezone.now),
        )
        withdrawn = factory.Trait(
            status=PostingStatus.WITHDRAWN,
            withdrawal_reason=WithdrawalReason.BY_ASSOCIATION,
            closed_at=factory.LazyFunction(timezone.now),
        )
        archived = factory.Trait(
            status=PostingStatus.ARCHIVED,
            application_deadline=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=120)),
            closed_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=100)),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    status = PostingStatus.PUBLISHED
    title = "Keittiöapulainen lounastupaan"
    task_field = factory.SubFactory(TaskFieldFactory)
    municipality = factory.SelfAttribute("organisation.municipality")
    description = "Teet salaatteja ja tiskaat astioita."
    hours_min = 20
    hours_max = 20
    day_parts = factory.LazyFunction(lambda: ["WEEKDAY", "DAY"])
    start_kind = "SOON"
    application_deadline = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    contact_name = "Maija Malli"
    contact_phone = "013 000 0001"
    contact_email = "tyo@ruokatupa.example"
    published_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def tasks(self, create, extracted):
        """Two tasks unless told otherwise: a list of titles, or an empty one."""
        if not create:
            return
        titles = ["Kasvikset ja salaatit", "Astioiden pesu"] if extracted is None else extracted
        for position, title in enumerate(titles):
            JobTask.objects.create(posting=self, title=title, minutes_per_week=300, position=position)
        if self.status == PostingStatus.PUBLISHED:
            index(self)


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    class Params:
        in_contact = factory.Trait(status=ApplicationStatus.IN_CONTACT)
        interview = factory.Trait(status=ApplicationStatus.INTERVIEW)
        agreed = factory.Trait(status=ApplicationStatus.AGREED)
        declined = factory.Trait(status=ApplicationStatus.DECLINED, decline_reason=DeclineReason.CHOSE_ANOTHER)
        withdrawn = factory.Trait(status=ApplicationStatus.WITHDRAWN)
        obsolete = factory.Trait(status=ApplicationStatus.OBSOLETE)

    posting = factory.SubFactory(JobPostingFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
    token_hash = factory.Sequence(lambda number: f"{number:064x}")
    name = "Aino Esimerkki"
    phone = factory.Sequence(lambda number: f"040 123 {number % 10000:04d}")
    phone_key = factory.LazyAttribute(lambda application: phone_key(application.phone))
    message = "Olen tehnyt ruokaa isolle perheelle."
    tasks = factory.LazyFunction(lambda: ["Astioiden pesu"])
    hours_wish = "AS_POSTED"
    start_wish = "AS_POSTED"
    delete_on = factory.LazyAttribute(lambda application: application.posting.application_deadline + KEEP_FOR)
