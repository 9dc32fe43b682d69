"""The figures of the report, as staff read them for a period."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks

from portal.figures import FIGURES
from portal.forms import PeriodForm
from portal.wagtail_hooks.menu import ReportMenuItem


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return ReportMenuItem(
        "portal.view_figures", _("Figures"), reverse("portal_figures"), icon_name="table", name="figures", order=10
    )


@hooks.register("register_admin_urls")
def register_url():
    return [path("reports/figures/", figures, name="portal_figures")]


@permission_required("portal.view_figures", raise_exception=True)
@require_safe
def figures(request):
    """What every room counts, for a period that the reader chooses: this year until today, unless chosen."""
    form = PeriodForm(request.GET or None)
    period = form.period
    counted = [(figure, figure.count(period)) for figure in FIGURES] if period else []
    return render(request, "portal/admin/figures.html", {"form": form, "period": period, "counted": counted})
