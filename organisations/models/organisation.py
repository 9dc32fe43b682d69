from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from accounts.models import User
from organisations.enums import ORGANISATION_TRANSITIONS, Capability, ChangeStatus, OrganisationKind, OrganisationStatus
from organisations.models.mandate import Mandate
from organisations.models.vocabulary import ActivityField
from organisations.roles import TABLE, Verb
from portal.states import HasStates, StateEvent

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from organisations.models.municipality import Municipality


class OrganisationQuerySet(models.QuerySet):
    def locked(self, pk: int) -> "Organisation":
        """The row as it is now, held until the transaction ends: an action on what belongs to it takes it first."""
        return cast("Organisation", self.select_for_update(of=("self",)).get(pk=pk))

    def verified(self) -> Self:
        return self.filter(status=OrganisationStatus.VERIFIED)

    def public(self) -> Self:
        """What has a page of its own: see also Organisation.is_public."""
        return self.filter(status__in=[OrganisationStatus.VERIFIED, OrganisationStatus.PAUSED])

    def pending(self) -> Self:
        return self.filter(status=OrganisationStatus.PENDING)

    def closed_before(self, moment: datetime) -> Self:
        """Closed, and not since that moment."""
        closed_later = OrganisationEvent.objects.filter(
            organisation=OuterRef("pk"), to_status=OrganisationStatus.CLOSED, at__gte=moment
        )
        return self.filter(~Exists(closed_later), status=OrganisationStatus.CLOSED)

    def for_verification(self) -> Self:
        """Staff's order: verified ones with a change that waits, then who waits, the longest waiting at the top.

        `waiting_change` is the key of that change, if there is one.
        """
        waits = Q(changes__status=ChangeStatus.WAITING)
        changed = self.annotate(waiting=FilteredRelation("changes", condition=waits), waiting_change=F("waiting__pk"))
        first = Case(
            When(waiting_change__isnull=False, then=0), When(status=OrganisationStatus.PENDING, then=1), default=2
        )
        return changed.order_by(first, "created_at", "pk")

    def where_may(self, user: User | AnonymousUser, verb: Verb) -> Self:
        """The organisations in which a person may do this, by the table of roles. See also roles.may()."""
        if not user.is_authenticated:
            return self.none()
        grant = TABLE[verb]
        own = Organisation.objects.filter(
            grant.condition(), memberships__user_id=user.pk, memberships__role__in=grant.roles
        )
        mandated = Mandate.objects.working().allowing(verb).filter(giver__kind__in=grant.kinds)
        mandated = mandated.filter(receiver__memberships__user_id=user.pk)
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=mandated.values("giver")))

    def receivers_for(self, giver: "Organisation") -> Self:
        """The organisations to which this one can give a mandate. See also Organisation.may_receive_mandates."""
        gives = Q(gives_coaching=True) | Q(gives_employer_support=True)
        return self.verified().filter(gives).exclude(pk=giver.pk)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The organisations whose inside a person may see: their own; staff who moderate see all."""
        if user.has_perm("organisations.verify_organisation"):
            return self
        return self.where_may(user, Verb.SEE)

    def speaking_for(self, municipalities: "Iterable[Municipality]") -> Self:
        """The verified organisations whose administrators are the contacts of these municipalities."""
        speaking = self.verified().filter(kind=OrganisationKind.MUNICIPALITY, represents__in=municipalities)
        return speaking.select_related("represents").order_by("represents__name_fi", "pk")

    def matching(self, field: Collection[str] = (), municipality: Collection[str] = ()) -> Self:
        """Limited by codes of fields of activity and of municipalities; several of one kind widen the limit."""
        limited = self
        if field:
            through = Organisation.activity_fields.through.objects.filter(activityfield__code__in=field)
            limited = limited.filter(pk__in=through.values("organisation_id"))
        return limited.filter(municipality__in=municipality) if municipality else limited

    def count_by_field(self) -> dict[str | None, int]:
        """How many organisations each field of activity has, by its code."""
        return self._count_by("activity_fields__code")

    def count_by_municipality(self) -> dict[str | None, int]:
        return self._count_by("municipality_id")

    def _count_by(self, name: str) -> dict[str | None, int]:
        return dict(
            self.order_by().values_list(name).annotate(count=Count("pk", distinct=True)).values_list(name, "count")
        )

    def in_alphabetical_order(self) -> Self:
        return self.order_by(Lower("name"), "pk")

    def for_listing(self) -> Self:
        return (
            self.select_related("municipality")
            .prefetch_related("activity_fields")
            .defer("description", "easy_description")
        )

    def for_detail(self) -> Self:
        return self.select_related("municipality", "logo").prefetch_related("activity_fields")


class Organisation(index.Indexed, HasStates):
    """An association or other employer that publishes postings, once staff have verified it."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.ASSOCIATION)
    name = models.CharField(_("name"), max_length=120)
    status = models.CharField(
        _("status"), max_length=10, choices=OrganisationStatus, default=OrganisationStatus.PENDING, editable=False
    )
    activity_fields = models.ManyToManyField(ActivityField, verbose_name=_("fields of activity"), blank=True)
    municipality = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, verbose_name=_("municipality")
    )
    business_id = models.CharField(_("business ID"), max_length=9, blank=True)
    association_register_no = models.CharField(_("association register number"), max_length=7, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=80)
    contact_email = models.EmailField(_("contact e-mail"))
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    street_address = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    post_office = models.CharField(_("post office"), max_length=40, blank=True)
    description = models.TextField(_("short description"), max_length=1200, blank=True)
    easy_description = models.TextField(_("description in easy Finnish"), max_length=600, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    gives_coaching = models.BooleanField(_("gives coaching"), default=False)
    gives_employer_support = models.BooleanField(_("gives Koitto support"), default=False)
    represents = models.ForeignKey(
        "organisations.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="representatives",
        verbose_name=_("speaks for the municipality of"),
        help_text=_("Only for an organisation whose kind is municipality: its administrators are the contacts."),
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="organisations.Membership", related_name="organisations"
    )

    TRANSITIONS = ORGANISATION_TRANSITIONS
    objects = OrganisationQuerySet.as_manager()
    search_auto_update = False
    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("description"),
        index.SearchField("easy_description"),
        index.FilterField("status"),
        index.FilterField("municipality_id"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        permissions = [("verify_organisation", _("Can verify, pause and close organisations"))]
        constraints = [
            models.UniqueConstraint(fields=["business_id"], condition=~Q(business_id=""), name="unique_business_id"),
            models.UniqueConstraint(
                fields=["association_register_no"],
                condition=~Q(association_register_no=""),
                name="unique_association_register_no",
            ),
            models.CheckConstraint(
                condition=~Q(business_id="") | ~Q(association_register_no="") | Q(kind=OrganisationKind.OTHER),
                name="organisation_has_an_identifier",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "municipality"], name="organisation_directory"),
            models.Index(Lower("name"), name="organisation_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation_detail", args=[self.pk, self.slug])

    @property
    def verified_name(self) -> str:
        """The name, where staff stand behind it: no other is written into the subject of a mail."""
        return self.name if self.is_public else ""

    @property
    def slug(self) -> str:
        return slugify(self.name) or "-"

    @property
    def is_public(self) -> bool:
        """The twin of OrganisationQuerySet.public()."""
        return self.status in {OrganisationStatus.VERIFIED, OrganisationStatus.PAUSED}

    @property
    def may_receive_mandates(self) -> bool:
        """Whether it has a capability for which others let it act."""
        return self.gives_coaching or self.gives_employer_support

    @property
    def marks(self) -> "list[_StrPromise]":
        """What the public page says with a tick."""
        if not self.is_public:
            return []
        is_association = self.kind == OrganisationKind.ASSOCIATION
        return [_("Verified association") if is_association else _("Verified organisation")]

    @property
    def plain_marks(self) -> "list[str | _StrPromise]":
        kind = [] if self.kind == OrganisationKind.ASSOCIATION else [self.get_kind_display()]
        market = [_("Open labour market")] if self.is_open_labour_market else []
        paused = [self.get_status_display()] if self.status == OrganisationStatus.PAUSED else []
        return [self.municipality.name, *kind, *market, *paused]

    @property
    def opening(self) -> str:
        """The first paragraph of the description: the lede of the public page."""
        return self._paragraphs[0]

    @property
    def further(self) -> str:
        return self._paragraphs[2].strip()

    @property
    def _paragraphs(self) -> tuple[str, str, str]:
        return self.description.replace("\r\n", "\n").strip().partition("\n\n")

    @property
    def is_open_labour_market(self) -> bool:
        """Companies post beside the associations, marked as open labour market."""
        return self.kind == OrganisationKind.COMPANY


class OrganisationEvent(StateEvent):
    """Who changed the state of an organisation, or what staff have given it, when and why."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    from_status = models.CharField(_("from"), max_length=20, choices=OrganisationStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=OrganisationStatus, blank=True)
    # Set where the state stays and staff gave or took something.
    capability = models.CharField(_("capability"), max_length=20, choices=Capability, blank=True)
    is_given = models.BooleanField(_("given"), null=True)

    class Meta(StateEvent.Meta):
        verbose_name = _("event of an organisation")
        verbose_name_plural = _("events of an organisation")

    def __str__(self) -> str:
        return f"{self.words} {self.at:%d.%m.%Y}"

    @property
    def words(self) -> str:
        """What happened: the new state, or what was given or taken."""
        if not self.capability:
            return self.get_to_status_display()
        template = _("From now on: %(what)s") if self.is_given else _("No longer: %(what)s")
        return template % {"what": self.get_capability_display()}
