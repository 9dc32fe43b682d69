import secrets
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from jobs.applications.enums import (
    APPLICATION_TRANSITIONS,
    WAITING_APPLICATION,
    ApplicationStatus,
    DeclineReason,
    HoursWish,
    StartWish,
)
from jobs.postings.enums import PostingStatus
from jobs.postings.models import JobPosting
from organisations.models import Organisation
from organisations.roles import Verb
from portal.furniture.links import HasToken
from portal.states import HasStates, StateEvent

# Letters and digits that are not taken for each other when read aloud or copied by hand.
CODE_ALPHABET = "ABCDEFHJKLMNPRTUVWXY3479"
KEEP_FOR = timedelta(days=365)


def new_reference() -> str:
    """A short code to write down: it shows a state only, together with four digits of the phone."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _position in range(6))
    return f"{letters[:3]}-{letters[3:]}"


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Applications of which a person may see that they are there, and in which state. Staff see none."""
        return self._where_may(user, Verb.SEE_APPLICATIONS)

    def answerable_by(self, user: User | AnonymousUser) -> Self:
        """Applications that a person may answer in the organisation's name."""
        return self._where_may(user, Verb.ANSWER_APPLICATIONS)

    def _where_may(self, user: User | AnonymousUser, verb: Verb) -> Self:
        return self.first_sent().filter(posting__organisation__in=Organisation.objects.where_may(user, verb))

    def first_sent(self) -> Self:
        """What the organisation counts and answers: an application sent once more belongs to the first."""
        return self.filter(joined_to=None)

    def waiting(self) -> Self:
        return self.filter(status__in=WAITING_APPLICATION)

    def new(self) -> Self:
        return self.filter(status=ApplicationStatus.NEW)

    def agreed(self) -> Self:
        return self.filter(status=ApplicationStatus.AGREED)

    def answered(self) -> Self:
        """What asks nothing more of the organisation: declined, withdrawn, or the job was filled."""
        return self.exclude(status__in=[*WAITING_APPLICATION, ApplicationStatus.AGREED])

    def for_organisation(self, organisation: Organisation) -> Self:
        return self.first_sent().filter(posting__organisation=organisation)

    def for_posting(self, posting: JobPosting) -> Self:
        return self.filter(posting=posting)

    def from_same_person(self, *, phone: str, email: str) -> Self:
        """Applications that give the same phone number or the same address, and are not withdrawn."""
        same = Q(pk__in=[])
        if phone:
            same |= Q(phone_key=phone)
        if email:
            same |= Q(email__iexact=email)
        return self.filter(same).exclude(status=ApplicationStatus.WITHDRAWN)

    def expired(self, today: date | None = None) -> Self:
        return self.filter(delete_on__lte=today or timezone.localdate())

    def waits_first(self) -> Self:
        """The inbox's order: unread first and longest waiting first, then what was settled last."""
        turn = Case(
            When(status=ApplicationStatus.NEW, then=0),
            When(status__in=WAITING_APPLICATION, then=1),
            default=2,
            output_field=IntegerField(),
        )
        waiting_since = Case(When(status__in=WAITING_APPLICATION, then=F("created_at")))
        return self.order_by(turn, waiting_since.asc(), "-changed_at", "pk")

    def for_listing(self) -> Self:
        """With the posting, and the applicant's number among those to the same posting: lists show no names."""
        sent = Application.objects.first_sent().order_by()
        earlier = sent.filter(posting=OuterRef("posting"), pk__lte=OuterRef("pk"))
        number = earlier.values("posting").annotate(count=Count("pk")).values("count")
        return self.select_related("posting", "posting__organisation").annotate(number=Subquery(number))


class Application(HasStates, HasToken):
    """A jobseeker's message to an organisation: the least that getting in touch needs."""

    posting = models.ForeignKey("postings.JobPosting", on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(_("reference code"), max_length=7, unique=True, default=new_reference, editable=False)
    # The page's own key: a second click or Back with the same form is the same application.
    form_key = models.UUIDField(unique=True, editable=False)
    # Sent once more from elsewhere with the same number or address: the organisation sees both as one.
    joined_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="joined", editable=False
    )
    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    phone_key = models.CharField(max_length=20, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    tasks = models.JSONField(_("liked tasks"), default=list, blank=True)
    hours_wish = models.CharField(_("hours"), max_length=10, choices=HoursWish, blank=True)
    start_wish = models.CharField(_("when to begin"), max_length=10, choices=StartWish, blank=True)
    start_date_wish = models.DateField(_("day to begin"), null=True, blank=True)
    message = models.TextField(_("own words"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="fi")
    status = models.CharField(
        _("status"), max_length=12, choices=ApplicationStatus, default=ApplicationStatus.NEW, editable=False
    )
    decline_reason = models.CharField(_("reason"), max_length=15, choices=DeclineReason, blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    delete_on = models.DateField(_("deleted on"), editable=False)

    TRANSITIONS = APPLICATION_TRANSITIONS
    objects = ApplicationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="applicant_can_be_reached"),
            models.UniqueConstraint(
                fields=["posting", "phone_key"],
                condition=Q(joined_to=None) & ~Q(phone_key="") & ~Q(status=ApplicationStatus.WITHDRAWN),
                name="one_application_per_phone",
            ),
            models.UniqueConstraint(
                fields=["posting", "email"],
                condition=Q(joined_to=None) & ~Q(email="") & ~Q(status=ApplicationStatus.WITHDRAWN),
                name="one_application_per_address",
            ),
        ]
        indexes = [
            models.Index(fields=["posting", "status"], name="application_inbox"),
            models.Index(fields=["delete_on"], name="application_retention"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("jobs:application_detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING_APPLICATION

    @property
    def days_waited(self) -> int:
        """Whole days since it came, as days are counted in Helsinki."""
        return (timezone.localdate() - timezone.localdate(self.created_at)).days

    @property
    def next_statuses(self) -> list[ApplicationStatus]:
        """What the organisation may do next. The rest belongs to the applicant and to the posting."""
        others = {ApplicationStatus.WITHDRAWN, ApplicationStatus.OBSOLETE}
        return [status for status in ApplicationStatus if status not in others and self.allows(status)]

    def allows(self, status: str) -> bool:
        """Whether the state leads there. A filled job must be open again before those who were let go are called."""
        is_back = self.status == ApplicationStatus.OBSOLETE and status == ApplicationStatus.IN_CONTACT
        if is_back and self.posting.status != PostingStatus.PUBLISHED:
            return False
        return super().allows(status)


class ApplicationEvent(StateEvent):
    """When an application's state changed, and by whom; without a person when the applicant did it."""

    STATES = ApplicationStatus

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")

    class Meta(StateEvent.Meta):
        verbose_name = _("event of an application")
        verbose_name_plural = _("events of an application")

    def __str__(self) -> str:
        return f"{self.label} {self.at:%d.%m.%Y}"


class ApplicationReading(models.Model):
    """That a person of the organisation has opened the contact data of an application: one row a day."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("reader")
    )
    day = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        verbose_name = _("reading of an application")
        verbose_name_plural = _("readings of applications")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["application", "reader", "day"], name="one_reading_a_day")]

    def __str__(self) -> str:
        return f"{self.application} {self.day:%d.%m.%Y}"


class ApplicationNote(models.Model):
    """The organisation's own note on an application: gone with it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    text = models.TextField(_("note"), max_length=1000)
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("note on an application")
        verbose_name_plural = _("notes on an application")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
