"""The Wagtail admin as our editors meet it: nothing that leads away, nothing they do not need."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from portal.wagtail_hooks import figures, mail, open_page  # noqa: F401 — their hooks register once they are imported

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
