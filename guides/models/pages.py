from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StructValue
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from accounts.models import User
from guides.enums import Audience
from guides.models.second_reader import SecondReaderPermissions
from portal.blocks import ContentBlock, parts
from portal.models import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_RELATED = 3


class GuideTheme(TaggedItemBase):
    content_object = ParentalKey("guides.GuidePage", on_delete=models.CASCADE, related_name="theme_links")


class TrainingTheme(TaggedItemBase):
    content_object = ParentalKey("guides.TrainingPackagePage", on_delete=models.CASCADE, related_name="theme_links")


class ReviewedPageQuerySet(PageQuerySet):
    def under(self, indexes: "Iterable[GuideIndexPage]") -> Self:
        """On any of these shelves: the same shelf stands in every language."""
        places = Q(pk__in=[])
        for shelf in indexes:
            places |= Q(path__startswith=shelf.path, depth=shelf.depth + 1)
        return self.filter(places)

    def for_listing(self) -> Self:
        return (
            self.live()
            .public()
            .select_related("locale", "alias_of__locale")
            .prefetch_related("themes")
            .order_by("path")
        )

    def due_for_review(self, day: date | None = None) -> Self:
        """See also ReviewedPage.is_due_for_review."""
        return self.filter(review_by__lte=day or timezone.localdate())


ReviewedPageManager = PageManager.from_queryset(ReviewedPageQuerySet)


class GuideIndexPage(BasePage):
    """All guides and training packages, by reader and theme."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["guides.GuidePage", "guides.TrainingPackagePage"]
    max_count_per_parent = 1
    template = "guides/guide_index_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("guide index")

    def permissions_for_user(self, user: User | AnonymousUser) -> SecondReaderPermissions:
        return SecondReaderPermissions(user, self)

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        everything = self.everything()
        slug = request.GET.get("teema", "")
        shown = [page for page in everything if not slug or slug in {theme.slug for theme in page.themes.all()}]
        return {
            **context,
            "shelves": self.shelves(shown),
            "themes": self.theme_links(everything, slug),
            "is_filtered": bool(slug),
            "has_other_languages": any(page.language != self.locale.language_code for page in shown),
        }

    def everything(self) -> "list[ReviewedPage]":
        """Guides, then training packages; what nobody has translated stands here in the language it was written in."""
        indexes = list(self.get_translations(inclusive=True).order_by("path"))
        return [
            page
            for model in (GuidePage, TrainingPackagePage)
            for page in self._one_of_each(model.objects.under(indexes).for_listing())
        ]

    def _one_of_each(self, pages: "Iterable[ReviewedPage]") -> "list[ReviewedPage]":
        """Of the translations of one page the one in our language, else the first in the order of the languages."""
        order = {code: number for number, (code, _name) in enumerate(settings.LANGUAGES)}
        order[self.locale.language_code] = -1
        chosen: dict[UUID, ReviewedPage] = {}
        for page in sorted(pages, key=lambda page: order.get(page.locale.language_code, len(order))):
            chosen.setdefault(page.translation_key, page)
        return list(chosen.values())

    def shelves(self, pages: "Sequence[ReviewedPage]") -> list[dict[str, Any]]:
        """The pages by reader, in the order of the readers; a reader without pages has no shelf."""
        by_reader = [(reader, [page for page in pages if page.audience == reader]) for reader in Audience]
        return [{"reader": reader, "anchor": reader.lower(), "pages": listed} for reader, listed in by_reader if listed]

    def theme_links(self, pages: "Sequence[ReviewedPage]", slug: str) -> list[dict[str, Any]]:
        """A theme that only pages in another language have is a word of that language."""
        ours = self.locale.language_code
        ours_last = sorted(pages, key=lambda page: page.language == ours)
        themes = {theme.slug: (theme.name, page) for page in ours_last for theme in page.themes.all()}
        links = [{"text": _("All themes"), "url": self.get_url() or ".", "current": not slug}]
        for theme_slug, (name, page) in sorted(themes.items(), key=lambda item: item[1][0].lower()):
            link = {"text": name, "url": f"?{urlencode({'teema': theme_slug})}", "current": theme_slug == slug}
            links.append(link | ({"lang": page.language} if page.language != ours else {}))
        return links


class ReviewedPage(RoutablePageMixin, BasePage):
    """A page of facts that grow old: it says when they were checked and when they must be checked again."""

    audience = models.CharField(_("reader"), max_length=12, choices=Audience, default=Audience.ASSOCIATION)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=5)
    learning_goals = models.TextField(
        _("what you learn"), max_length=600, blank=True, help_text=_("Each thing on a line of its own.")
    )
    body = StreamField(ContentBlock(), verbose_name=_("content"))
    contact = models.CharField(
        _("who to ask"),
        max_length=200,
        blank=True,
        help_text=_("Shown at the end of the page, with the help line's number."),
    )
    checked_date = models.DateField(_("facts checked"), null=True, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)

    objects = ReviewedPageManager()

    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("minutes"), FieldPanel("themes")], heading=_("For whom")),
        FieldPanel("learning_goals"),
        FieldPanel("body"),
        FieldPanel("contact"),
        MultiFieldPanel([FieldPanel("checked_date"), FieldPanel("review_by")], heading=_("Facts")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("learning_goals"),
        index.SearchField("body"),
        index.FilterField("audience"),
        index.FilterField("review_by"),
    ]
    override_translatable_fields = [SynchronizedField("audience", overridable=False)]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User | AnonymousUser) -> SecondReaderPermissions:
        return SecondReaderPermissions(user, self)

    def clean(self) -> None:
        super().clean()
        if self.checked_date and self.review_by and self.review_by <= self.checked_date:
            raise ValidationError({"review_by": _("Choose a day after the one when the facts were checked.")})

    @property
    def language(self) -> str:
        """The code of the language of the text: a page that only mirrors another one is in that one's language."""
        return (self.alias_of if self.alias_of_id else self).locale.language_code

    @property
    def is_due_for_review(self) -> bool:
        """See also ReviewedPageQuerySet.due_for_review."""
        return self.review_by is not None and self.review_by <= timezone.localdate()

    @property
    def parts(self) -> list[dict[str, str]]:
        return parts(self.body)

    @property
    def goals(self) -> list[str]:
        return [line.strip(" -–•") for line in self.learning_goals.splitlines() if line.strip()]

    @property
    def duration(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        words = []
        if hours:
            words.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
        if minutes or not hours:
            words.append(ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes})
        return " ".join(words)

    @property
    def checklists(self) -> list[StructValue]:
        return [child.value for child in self.body if child.block_type == "checklist"]

    @path(_("checklist/"), name="checklist")
    def checklist(self, request: "HttpRequest") -> TemplateResponse:
        """The checklists alone, on a sheet to print. Without one the page itself answers."""
        template = "guides/checklist.html" if self.checklists else self.get_template(request)
        return TemplateResponse(request, template, self.get_context(request))

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        address = self.get_url(request)
        has_sheet = address and self.checklists
        return {
            **context,
            "checklist_url": address + self.reverse_subpage("checklist") if has_sheet else "",
            "related": self.related(),
        }

    def related(self) -> "list[ReviewedPage]":
        """A few pages of the same shelf that share a theme with this one, training first."""
        themes = [theme.pk for theme in self.themes.all()]
        sharing: list[ReviewedPage] = []
        for model in (TrainingPackagePage, GuidePage):
            sisters = model.objects.sibling_of(self, inclusive=False).for_listing()
            sharing += sisters.filter(themes__in=themes).distinct()[: MOST_RELATED - len(sharing)]
        return sharing


class GuidePage(ReviewedPage):
    """A guide that can be read in a few minutes and printed."""

    themes = ClusterTaggableManager(through=GuideTheme, blank=True, verbose_name=_("themes"))

    is_training = False
    template = "guides/guide_page.html"

    class Meta:
        verbose_name = _("guide")


class TrainingPackagePage(ReviewedPage):
    """Training that an employer or association can go through by itself or order for its people."""

    themes = ClusterTaggableManager(through=TrainingTheme, blank=True, verbose_name=_("themes"))

    is_training = True
    template = "guides/training_package_page.html"

    class Meta:
        verbose_name = _("training package")
