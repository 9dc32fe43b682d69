from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.blocks import ContentBlock, parts

if TYPE_CHECKING:
    from django.http import HttpRequest

# Depth in the page tree: the root is 1.
FRONT_PAGE_DEPTH = 2


class BasePage(Page):
    """What every page of the site has: a summary for lists and a picture for cards."""

    summary = models.CharField(_("summary"), max_length=250, blank=True)
    listing_image = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [*Page.promote_panels, FieldPanel("listing_image")]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2), index.AutocompleteField("summary")]

    class Meta:
        abstract = True

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "trail": self.trail(request)}

    def trail(self, request: "HttpRequest | None" = None) -> list[dict[str, str]]:
        """The pages between the front page and this one, for the breadcrumb."""
        if self.depth <= FRONT_PAGE_DEPTH + 1:
            return []
        between = self.get_ancestors().filter(depth__gt=FRONT_PAGE_DEPTH).select_related("locale").order_by("path")
        return [{"title": page.title, "url": page.get_url(request)} for page in between]


class HomePage(BasePage):
    """The front door: one question, the fields of work, the newest postings, two doors and a guide."""

    question = models.CharField(_("question"), max_length=80)
    start_title = models.CharField(_("title of the first steps"), max_length=80, blank=True)
    start_text = RichTextField(_("first steps"), features=["bold", "link"], blank=True)
    associations_title = models.CharField(_("title for associations"), max_length=80, blank=True)
    associations_text = models.TextField(_("text for associations"), max_length=300, blank=True)
    employers_title = models.CharField(_("title for employers"), max_length=80, blank=True)
    employers_text = models.TextField(_("text for employers"), max_length=300, blank=True)
    guide = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("guide")
    )

    parent_page_types = ["wagtailcore.Page"]
    # Which pages lie below it, they say themselves: apps above bring their own.
    template = "portal/home_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        MultiFieldPanel([FieldPanel("start_title"), FieldPanel("start_text")], heading=_("First steps")),
        MultiFieldPanel(
            [FieldPanel("associations_title"), FieldPanel("associations_text")], heading=_("For associations")
        ),
        MultiFieldPanel([FieldPanel("employers_title"), FieldPanel("employers_text")], heading=_("For employers")),
        FieldPanel("guide"),
    ]

    class Meta:
        verbose_name = _("home page")


class InformationPage(BasePage):
    """A page of text: how to apply, about the project, contact."""

    body = StreamField(ContentBlock(), verbose_name=_("content"))

    parent_page_types = ["portal.HomePage", "portal.InformationPage"]
    subpage_types = ["portal.InformationPage"]
    template = "portal/information_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("information page")

    @property
    def parts(self) -> list[dict[str, str]]:
        return parts(self.body)

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = InformationPage.objects.child_of(self).live().public().select_related("locale").order_by("path")
        return {**super().get_context(request, *args, **kwargs), "pages_below": below}


class AccessibilityStatementPage(BasePage):
    """What the accessibility law asks to be told (Act 306/2019), as fields so that nothing is forgotten."""

    service_owner = models.CharField(_("service and owner"), max_length=200, blank=True)
    compliance = RichTextField(_("state of compliance"), blank=True)
    shortcomings = RichTextField(_("what is not accessible, why, and until when"), blank=True)
    alternatives = RichTextField(_("other ways to get the same"), blank=True)
    assessment = RichTextField(_("how it was assessed"), blank=True)
    statement_date = models.DateField(_("date of the statement"), null=True, blank=True)
    feedback_contact = RichTextField(_("feedback, answered in 14 days"), blank=True)
    supervisor = RichTextField(_("supervising authority"), blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    template = "portal/accessibility_statement_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("service_owner"),
        FieldPanel("compliance"),
        FieldPanel("shortcomings"),
        FieldPanel("alternatives"),
        FieldPanel("assessment"),
        FieldPanel("statement_date"),
        FieldPanel("feedback_contact"),
        FieldPanel("supervisor"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")


class PrivacyNoticePage(BasePage):
    """What the data protection regulation asks to be told (articles 13 and 14)."""

    controller = RichTextField(_("controller and contact"), blank=True)
    body = StreamField(ContentBlock(), verbose_name=_("content"))
    updated_date = models.DateField(_("updated"), null=True, blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    template = "portal/privacy_notice_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("controller"),
        FieldPanel("body"),
        FieldPanel("updated_date"),
    ]

    class Meta:
        verbose_name = _("privacy notice")

    @property
    def parts(self) -> list[dict[str, str]]:
        return parts(self.body)
