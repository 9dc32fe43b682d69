"""The Wagtail admin as our editors meet it: nothing that leads away, nothing they do not need."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.figures import FIGURES
from portal.forms import PeriodForm

# They open Wagtail's own site, in English.
LEADS_AWAY = ("editor-guide", "whats-new")
# The report of pages to check answers the same question better.
NEEDLESS_REPORTS = ("aging-pages",)


def without(items, names):
    items[:] = [item for item in items if not item.name.startswith(names)]


@hooks.register("construct_help_menu")
def keep_help_at_home(request, items):
    without(items, LEADS_AWAY)


@hooks.register("construct_reports_menu")
def keep_reports_few(request, items):
    without(items, NEEDLESS_REPORTS)


@hooks.register("insert_global_admin_css")
def wear_our_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/admin.css"))


class FiguresMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("portal.view_figures")


@hooks.register("register_reports_menu_item")
def register_figures_menu_item():
    return FiguresMenuItem(_("Figures"), reverse("portal_figures"), icon_name="table", name="figures", order=10)


@hooks.register("register_admin_urls")
def register_figures_url():
    return [path("reports/figures/", figures, name="portal_figures")]


@permission_required("portal.view_figures", raise_exception=True)
@require_safe
def figures(request):
    """What every room counts, for a period that the reader chooses: this year until today, unless chosen."""
    form = PeriodForm(request.GET or None)
    period = form.period
    counted = [(figure, figure.count(period)) for figure in FIGURES] if period else []
    return render(request, "portal/admin/figures.html", {"form": form, "period": period, "counted": counted})
