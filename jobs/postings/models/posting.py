from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from accounts.models import User
from jobs.postings import fields
from jobs.postings.enums import (
    CLOSED,
    OPEN_FOR_EDITING,
    TRANSITIONS,
    Continuity,
    DayPart,
    EventKind,
    PayBasis,
    PostingStatus,
    StartKind,
    WithdrawalReason,
)
from jobs.postings.models.parts import JobTask, Lines
from organisations.enums import OrganisationStatus
from organisations.models import Organisation
from organisations.roles import Verb
from portal.states import HasStates

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    from jobs.postings.models.events import PostingEvent

NOTICE_FOR_CLOSED = timedelta(days=90)
CONFIRM_WITHIN = timedelta(days=60)
NEW_FOR = timedelta(days=7)


@models.PositiveSmallIntegerField.register_lookup
class Without(models.Lookup):
    """`field__without=bits`: none of these bits is set."""

    lookup_name = "without"

    def as_sql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"({left} & {right}) = 0", (*left_params, *right_params)


class JobPostingQuerySet(models.QuerySet):
    # See also JobPosting.is_hidden.
    HIDDEN = Q(status=PostingStatus.PUBLISHED) & ~Q(hidden_for="")

    def open(self, today: date | None = None) -> Self:
        """Anyone may apply: published, not hidden, in time, of a verified organisation. See also JobPosting.is_open."""
        return self.filter(
            status=PostingStatus.PUBLISHED,
            hidden_for="",
            application_deadline__gte=today or timezone.localdate(),
            organisation__status=OrganisationStatus.VERIFIED,
        )

    def public(self, now: datetime | None = None) -> Self:
        """Open, or closed within 90 days: for the detail page alone. See also JobPosting.is_public."""
        now = now or timezone.now()
        today = timezone.localdate(now)
        recently = now - NOTICE_FOR_CLOSED
        ran_out = Q(status=PostingStatus.PUBLISHED, application_deadline__gte=today - NOTICE_FOR_CLOSED)
        closed = Q(status__in=CLOSED, published_at__isnull=False, closed_at__gte=recently)
        return self.filter(ran_out | closed, hidden_for="")

    def was_public(self) -> Self:
        """Published some day, so that its address is known outside: it answers 410 and not 404 when it is gone."""
        return self.filter(published_at__isnull=False)

    def for_queue(self) -> Self:
        """For moderators: what an edit hid; what waits, the oldest first; edits after approval; then the newest."""
        waits = models.Case(
            models.When(self.HIDDEN, then=0),
            models.When(status=PostingStatus.SUBMITTED, then=1),
            models.When(is_edited_after_approval=True, then=2),
            default=3,
            output_field=models.IntegerField(),
        )
        queue = self.exclude(status=PostingStatus.DRAFT).select_related("organisation", "municipality", "task_field")
        return queue.annotate(place_in_queue=waits).order_by("place_in_queue", "submitted_at", "-saved_at", "-pk")

    def waiting_for_review(self) -> Self:
        return self.filter(status=PostingStatus.SUBMITTED)

    def ran_out(self, today: date | None = None) -> Self:
        return self.filter(status=PostingStatus.PUBLISHED, application_deadline__lt=today or timezone.localdate())

    def ready_for_archive(self, now: datetime | None = None) -> Self:
        return self.filter(status__in=CLOSED, closed_at__lt=(now or timezone.now()) - NOTICE_FOR_CLOSED)

    def stale(self, now: datetime | None = None) -> Self:
        """Published and not confirmed for 60 days. See also JobPosting.is_stale."""
        return self.filter(status=PostingStatus.PUBLISHED, confirmed_at__lt=(now or timezone.now()) - CONFIRM_WITHIN)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The postings whose inside a person may see, by the table of roles; moderators see all."""
        if user.is_authenticated and user.has_perm("postings.moderate_jobposting"):
            return self
        return self.seen_by_members(user)

    def seen_by_members(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations in whose name the person may see postings."""
        return self.filter(organisation__in=Organisation.objects.where_may(user, Verb.SEE_POSTINGS))

    def writable_by(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations in whose name the person may write postings."""
        return self.filter(organisation__in=Organisation.objects.where_may(user, Verb.WRITE_POSTINGS))

    def for_organisation(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def for_listing(self) -> Self:
        return self.select_related("organisation", "municipality", "task_field").defer(
            "description", "organisation__description", "organisation__easy_description"
        )

    def with_task_titles(self) -> Self:
        """With the titles of the tasks as `task_titles`, a line each: a list asks no question more for them."""
        tasks = JobTask.objects.filter(posting=OuterRef("pk")).order_by().values("posting")
        return self.annotate(task_titles=Subquery(tasks.annotate(lines=Lines("title")).values("lines")))

    def for_detail(self) -> Self:
        return self.select_related(
            "organisation", "organisation__municipality", "municipality", "task_field"
        ).prefetch_related("tasks", "languages", "demands")


class JobPosting(HasStates, index.Indexed, models.Model):
    """A job in an organisation, tailored to be done by somebody who needs a way to work."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="postings", verbose_name=_("organisation")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    status = models.CharField(
        _("status"), max_length=20, choices=PostingStatus, default=PostingStatus.DRAFT, editable=False
    )
    withdrawal_reason = models.CharField(max_length=20, choices=WithdrawalReason, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    title = models.CharField(_("title"), max_length=75, blank=True)
    task_field = models.ForeignKey(
        "organisations.TaskField", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("task field")
    )
    fits = models.CharField(_("who the work suits"), max_length=160, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    easy_text = models.TextField(_("in easy Finnish"), max_length=2000, blank=True)
    language = models.CharField(_("language of the text"), max_length=10, choices=settings.LANGUAGES, default="fi")

    municipality = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("municipality")
    )
    district = models.CharField(_("district or village"), max_length=60, blank=True)
    street_address = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    accessibility = models.CharField(_("accessibility of the place"), max_length=300, blank=True)
    directions = models.CharField(_("how to get there"), max_length=300, blank=True)
    remote_share = models.PositiveSmallIntegerField(_("remote work, per cent"), null=True, blank=True)

    hours_min = models.DecimalField(_("hours a week, from"), max_digits=4, decimal_places=1, null=True, blank=True)
    hours_max = models.DecimalField(_("hours a week, to"), max_digits=4, decimal_places=1, null=True, blank=True)
    day_parts = models.JSONField(_("parts of day"), default=list, blank=True)
    times = models.CharField(_("days and times"), max_length=60, blank=True)
    start_kind = models.CharField(_("start"), max_length=10, choices=StartKind, blank=True)
    start_date = models.DateField(_("start date"), null=True, blank=True)
    application_deadline = models.DateField(_("apply until"), null=True, blank=True)
    continuity = models.CharField(_("continuity"), max_length=12, choices=Continuity, blank=True)
    end_date = models.DateField(_("end date"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    openings = models.PositiveSmallIntegerField(_("openings"), default=1)

    contact_name = models.CharField(_("contact person"), max_length=80, blank=True)
    contact_role = models.CharField(_("contact person's role"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_hours = models.CharField(_("when to call"), max_length=60, blank=True)

    pay_basis = models.CharField(_("pay basis"), max_length=30, choices=PayBasis, blank=True)
    pay_min = models.DecimalField(_("pay, from"), max_digits=8, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("pay, to"), max_digits=8, decimal_places=2, null=True, blank=True)
    pay_note = models.CharField(_("about the pay"), max_length=200, blank=True)
    licences = models.JSONField(_("licences"), default=list, blank=True)
    support = models.JSONField(_("support"), default=list, blank=True)
    support_note = models.CharField(_("about the support"), max_length=300, blank=True)
    is_tailored = models.BooleanField(_("can be tailored"), default=False)
    is_subsidy_possible = models.BooleanField(_("pay subsidy is possible"), default=False)
    is_trial_possible = models.BooleanField(_("one may try the work first"), default=False)
    # One bit for each demand, in the order of the code set, that the work has and that cannot be adapted.
    firm_demands = models.PositiveSmallIntegerField(default=0, editable=False)
    internal_note = models.TextField(_("note for coaches"), max_length=1000, blank=True)

    flags = models.JSONField(default=list, blank=True, editable=False)
    # The words for which an edit of the open posting hid it from everybody until a moderator has seen it.
    hidden_for = models.CharField(_("hidden for"), max_length=300, blank=True, editable=False)
    is_edited_after_approval = models.BooleanField(default=False, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent to review"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed to be open"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    TRANSITIONS = TRANSITIONS
    objects = JobPostingQuerySet.as_manager()
    search_auto_update = False
    wagtail_reference_index_ignore = True
    search_fields = [
        *[index.SearchField(answer.name, boost=answer.weight) for answer in fields.ANSWERS if answer.weight],
        index.AutocompleteField("title"),
        index.RelatedFields("tasks", [index.SearchField("title", boost=2)]),
        index.RelatedFields("organisation", [index.SearchField("name")]),
        # Whoever writes "siivous" or "Joensuu" means these, whether or not the text repeats them.
        index.RelatedFields("task_field", [index.SearchField("name_fi", boost=3)]),
        index.RelatedFields("municipality", [index.SearchField("name_fi"), index.SearchField("name_sv")]),
        index.FilterField("status"),
        index.FilterField("application_deadline"),
    ]

    class Meta:
        verbose_name = _("job posting")
        verbose_name_plural = _("job postings")
        permissions = [("moderate_jobposting", _("Can review postings"))]
        constraints = [
            models.CheckConstraint(condition=Q(pay_min__lte=F("pay_max")), name="pay_from_is_at_most_pay_to"),
            models.CheckConstraint(condition=Q(hours_min__lte=F("hours_max")), name="hours_from_is_at_most_hours_to"),
            models.CheckConstraint(condition=Q(hours_min__gt=0) & Q(hours_max__lte=40), name="hours_are_a_weeks_hours"),
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="end_is_not_before_start"),
            models.CheckConstraint(condition=Q(remote_share__lte=100), name="remote_share_is_a_percentage"),
            models.CheckConstraint(condition=Q(openings__gte=1), name="openings_is_at_least_one"),
            models.CheckConstraint(
                condition=~Q(status=PostingStatus.PUBLISHED)
                | (
                    ~Q(title="")
                    & Q(
                        task_field__isnull=False,
                        municipality__isnull=False,
                        hours_max__isnull=False,
                        application_deadline__isnull=False,
                        published_at__isnull=False,
                        confirmed_at__isnull=False,
                    )
                ),
                name="published_posting_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(CLOSED)) | Q(closed_at__isnull=False), name="closed_posting_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "application_deadline", "id"], name="posting_closing"),
            models.Index(fields=["status", "-published_at", "-id"], name="posting_newest"),
            models.Index(fields=["organisation", "status"], name="posting_organisation"),
            models.Index(fields=["municipality", "status", "application_deadline"], name="posting_municipality"),
            models.Index(fields=["task_field", "status", "application_deadline"], name="posting_task_field"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Unnamed job"))

    def get_absolute_url(self) -> str:
        return reverse("jobs:posting_detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.title) or "-"

    @property
    def is_open(self) -> bool:
        """The twin of JobPostingQuerySet.open()."""
        return (
            self.status == PostingStatus.PUBLISHED
            and not self.hidden_for
            and self.application_deadline is not None
            and self.application_deadline >= timezone.localdate()
            and self.organisation.status == OrganisationStatus.VERIFIED
        )

    @property
    def is_public(self) -> bool:
        """The twin of JobPostingQuerySet.public()."""
        if self.hidden_for:
            return False
        if self.status == PostingStatus.PUBLISHED and self.application_deadline is not None:
            return self.application_deadline >= timezone.localdate() - NOTICE_FOR_CLOSED
        was_closed_lately = self.closed_at is not None and self.closed_at >= timezone.now() - NOTICE_FOR_CLOSED
        return self.status in CLOSED and self.published_at is not None and was_closed_lately

    @property
    def is_hidden(self) -> bool:
        """Published, and shown to nobody until a moderator has seen the edit that made it look like a scam."""
        return self.status == PostingStatus.PUBLISHED and bool(self.hidden_for)

    @property
    def is_stale(self) -> bool:
        """The twin of JobPostingQuerySet.stale()."""
        was_confirmed_long_ago = self.confirmed_at is not None and self.confirmed_at < timezone.now() - CONFIRM_WITHIN
        return self.status == PostingStatus.PUBLISHED and was_confirmed_long_ago

    @property
    def is_new(self) -> bool:
        return self.published_at is not None and self.published_at >= timezone.now() - NEW_FOR

    @property
    def is_editable(self) -> bool:
        return self.status in OPEN_FOR_EDITING

    @property
    def days_left(self) -> int | None:
        """Whole days until the application deadline, 0 on the last day; None without a deadline."""
        if self.application_deadline is None:
            return None
        return (self.application_deadline - timezone.localdate()).days

    @property
    def missing(self) -> list[str]:
        """The names of required answers that are still empty, in the order of the form."""
        names = [name for name in fields.names(is_required=True) if not getattr(self, name)]
        if not self.contact_phone and not self.contact_email:
            names.append("contact_phone")
        if self.start_kind == StartKind.DATE and not self.start_date:
            names.append("start_date")
        if not self.tasks.exists():
            names.append("tasks")
        return names

    def last_review(self) -> "PostingEvent | None":
        """The last event in which a moderator saw the posting, with what it said then; or None."""
        seen = self.events.exclude(snapshot={}).exclude(to_status=PostingStatus.SUBMITTED)
        return seen.order_by("at", "pk").last()

    @property
    def approved_title(self) -> str:
        """The title as a moderator has approved it, for the subject of a mail; empty when nobody has yet."""
        approved = {PostingStatus.PUBLISHED, PostingStatus.FILLED, PostingStatus.EXPIRED}
        if self.status in approved and not self.is_edited_after_approval:
            return self.title
        seen = self.events.filter(Q(kind=EventKind.SEEN) | Q(to_status=PostingStatus.PUBLISHED)).exclude(snapshot={})
        last = seen.order_by("at", "pk").last()
        return last.snapshot.get("title", "") if last else ""

    @property
    def day_part_labels(self) -> list[str]:
        return [str(DayPart(code).label) for code in self.day_parts if code in DayPart.values]
