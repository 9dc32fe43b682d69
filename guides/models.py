from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from guides.enums import Audience
from portal.blocks import ContentBlock
from portal.models import BasePage


class GuideTheme(TaggedItemBase):
    content_object = ParentalKey("guides.GuidePage", on_delete=models.CASCADE, related_name="theme_links")


class TrainingTheme(TaggedItemBase):
    content_object = ParentalKey("guides.TrainingPackagePage", on_delete=models.CASCADE, related_name="theme_links")


class GuideIndexPage(BasePage):
    """All guides and training packages, by reader and theme."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["guides.GuidePage", "guides.TrainingPackagePage"]
    max_count_per_parent = 1

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("guide index")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        theme = request.GET.get("teema", "")
        guides = GuidePage.objects.child_of(self).live().order_by("title", "pk").prefetch_related("themes")
        packages = TrainingPackagePage.objects.child_of(self).live().order_by("title", "pk")
        if theme:
            guides, packages = guides.filter(themes__slug=theme), packages.filter(themes__slug=theme)
        return {**context, "guides": guides, "packages": packages, "theme": theme}


class ReviewedPage(BasePage):
    """A page of facts that grow old: it says when they were checked and when they must be checked again."""

    audience = models.CharField(_("reader"), max_length=12, choices=Audience, default=Audience.ASSOCIATION)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=5)
    body = StreamField(ContentBlock(), verbose_name=_("content"))
    checked_date = models.DateField(_("facts checked"), null=True, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("minutes"), FieldPanel("themes")], heading=_("For whom")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("checked_date"), FieldPanel("review_by")], heading=_("Facts")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("audience")]

    class Meta:
        abstract = True

    @property
    def is_due_for_review(self):
        return self.review_by is not None and self.review_by <= timezone.localdate()

    @property
    def parts(self):
        """The page's second-level headings with the anchors that its template gives them."""
        headings = [block for block in self.body if block.block_type == "heading"]
        return [{"anchor": f"osa-{number}", "title": block.value} for number, block in enumerate(headings, start=1)]


class GuidePage(ReviewedPage):
    """A guide that can be read in a few minutes and printed."""

    themes = ClusterTaggableManager(through=GuideTheme, blank=True, verbose_name=_("themes"))

    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guide")


class TrainingPackagePage(ReviewedPage):
    """Training that an employer or association can go through by itself or order for its people."""

    learning_goals = models.TextField(_("what you learn"), max_length=600, blank=True)
    contact = models.CharField(_("who to ask"), max_length=200, blank=True)
    themes = ClusterTaggableManager(through=TrainingTheme, blank=True, verbose_name=_("themes"))

    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *ReviewedPage.content_panels,
        FieldPanel("learning_goals"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("training package")
