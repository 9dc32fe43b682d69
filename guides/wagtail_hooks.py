"""For editors: which pages must be checked next."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from guides.models import GuidePage, TrainingPackagePage

# Review is said to come soon this many days ahead.
SOON = 30


def pages_to_review():
    """All live guides and training packages: first those without a date, then by their date."""
    by = Coalesce("guidepage__review_by", "trainingpackagepage__review_by")
    checked = Coalesce("guidepage__checked_date", "trainingpackagepage__checked_date")
    return (
        Page.objects.type(GuidePage, TrainingPackagePage)
        .live()
        .annotate(review_by=by, checked_date=checked)
        .select_related("locale", "content_type")
        .order_by(F("review_by").asc(nulls_first=True), "pk")
    )


class ReviewReportView(PageReportView):
    index_url_name = "guides_review_report"
    index_results_url_name = "guides_review_report_results"
    page_title = _("Pages to check")
    header_icon = "calendar-check"
    results_template_name = "guides/reports/review_results.html"
    any_permission_required = ["add", "change", "publish"]
    list_export = ["title", "locale.language_code", "checked_date", "review_by"]
    export_headings = {"checked_date": _("Facts checked"), "review_by": _("Review by")}

    def get_queryset(self):
        self.queryset = pages_to_review()
        return super().get_queryset()

    def decorate_paginated_queryset(self, pages):
        today = timezone.localdate()
        for page in pages:
            page.is_late = page.review_by is None or page.review_by <= today
            page.is_soon = not page.is_late and page.review_by <= today + timedelta(days=SOON)
        return pages


@hooks.register("register_admin_urls")
def register_review_report_urls():
    return [
        path("reports/review/", ReviewReportView.as_view(), name="guides_review_report"),
        path(
            "reports/review/results/",
            ReviewReportView.as_view(results_only=True),
            name="guides_review_report_results",
        ),
    ]


class ReviewMenuItem(MenuItem):
    def is_shown(self, request):
        return edits_pages(request.user)


@hooks.register("register_reports_menu_item")
def register_review_report_menu_item():
    return ReviewMenuItem(
        _("Pages to check"), reverse("guides_review_report"), icon_name="calendar-check", name="review", order=50
    )


class ReviewPanel(Component):
    """On the first page of the admin: how many pages are late, with the way to the list."""

    name = "review"
    order = 150
    template_name = "guides/admin/review_panel.html"

    def get_context_data(self, parent_context):
        return {"count": pages_to_review().filter(review_by__lte=timezone.localdate()).count()}


@hooks.register("construct_homepage_panels")
def add_review_panel(request, panels):
    if edits_pages(request.user):
        panels.append(ReviewPanel())


def edits_pages(user):
    return policy_registry.get_by_type(Page).user_has_any_permission(user, ["add", "change", "publish"])
