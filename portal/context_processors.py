"""What every page needs around its content: languages, navigation, the reader's own choices, the site's settings."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from portal import navigation
from portal.models import PortalSettings
from portal.navigation import Link, Menu
from portal.numbers import whole_number

THEMES = {"light", "dark"}
SAVED_COOKIE = "saved"
# Depth in the page tree: the root is 1, front pages are 2.
SECOND_LEVEL = 3


def page(request):
    theme = request.COOKIES.get("theme", "")
    return {
        "site": SimpleLazyObject(lambda: PortalSettings.for_request(request)),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "menus": SimpleLazyObject(lambda: menus(request)),
        "theme": theme if theme in THEMES else "",
        "saved_keys": saved_keys(request),
    }


def saved_keys(request):
    """The postings that this browser has saved, newest last; the cookie holds their keys with dots between."""
    numbers = map(whole_number, request.COOKIES.get(SAVED_COOKIE, "").split("."))
    return [str(number) for number in numbers if number is not None]


def language_links(request):
    """One entry for each language: code, own name, address of this page in it, and whether it is the present one.

    A page that nobody has translated leads to the front page of that language, and `is_missing` tells so."""
    pages = _translations(present_page(request))
    return [
        {
            "code": code,
            "name": name,
            "is_current": code == get_language(),
            **(_translated_page(pages, code) if pages else _translated_address(request, code)),
        }
        for code, name in settings.LANGUAGES
    ]


def present_page(request):
    """The Wagtail page that this address leads to, or None; Wagtail remembers it on the request."""
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return None
    return Page.find_for_request(request, match.args[0] if match.args else match.kwargs.get("path", ""))


def section(request):
    """The part of the site this is, for the navigation: an app's name, or "desk" for what needs signing in."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.app_name and getattr(match.func, "login_required", True):
        return "desk"
    wagtail_page = present_page(request)
    return wagtail_page.content_type.app_label if wagtail_page else match.app_name


def menus(request):
    """The links of the header and of the footer's columns, by the name of the menu, in order."""
    here = section(request)
    by_menu = {menu: navigation.links(request, menu, section=here) for menu in Menu}
    for menu, link in page_links(request, here):
        by_menu[menu].append(link)
    return {menu.value: sorted(links, key=lambda link: link.position) for menu, links in by_menu.items()}


def page_links(request, here):
    """The pages under the front page, in the reader's language: those shown in menus in the header, others below."""
    pages = (
        Page.objects.live()
        .public()
        .filter(depth=SECOND_LEVEL, locale__language_code=get_language())
        .select_related("locale", "content_type")
        .order_by("path")
    )
    for page in pages:
        app = page.content_type.app_label
        link = Link(label=page.title, url=page.get_url(request), is_current=app == here != "portal")
        yield (Menu.HEADER if page.show_in_menus else Menu.SITE), link


def _translations(wagtail_page):
    """This page and its live translations by language; nothing where there is no page."""
    if wagtail_page is None:
        return {}
    sisters = wagtail_page.get_translations().live().select_related("locale").order_by("pk")
    return {page.locale.language_code: page for page in [*sisters, wagtail_page]}


def _translated_page(pages, code):
    return {"url": pages[code].url if code in pages else _front_page(code), "is_missing": code not in pages}


def _translated_address(request, code):
    if request.resolver_match is None or request.method != "GET":
        return {"url": _front_page(code), "is_missing": False}
    return {"url": translate_url(request.get_full_path(), code), "is_missing": False}


def _front_page(code):
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
