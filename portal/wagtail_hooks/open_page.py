"""An open page of the admin counts as a step, so that nobody is signed out over a long text."""

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from wagtail import hooks


@require_safe
def admin_open(request):
    """Says nothing; that it was asked for is the step."""
    return HttpResponse(status=204)


@hooks.register("register_admin_urls")
def register_url():
    return [path("open/", admin_open, name="portal_admin_open")]


@hooks.register("insert_global_admin_js")
def tell_that_the_page_is_open():
    return format_html(
        '<script type="module" src="{}" data-portal-open="{}"></script>',
        static("portal/js/admin-open.js"),
        reverse("portal_admin_open"),
    )
