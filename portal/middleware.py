"""Small steps around every request, each one function named for what it does."""

import logging
import re
from functools import cache
from urllib.parse import unquote_to_bytes

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import unstash_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from portal import error_views, sign_in_limits
from portal.furniture import known_browsers, reading, unsent
from portal.furniture.addresses import network_of
from portal.numbers import whole_number

logger = logging.getLogger(__name__)

ADMIN_POLICY = {
    "default-src": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
}

# Where something guessable is tried, or a mail is asked for.
CODE_VIEWS = {
    "account_confirm_identity",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
}
# Where an address is written, and the field that holds it.
ADDRESS_VIEWS = {"account_login": "login", "account_request_login_code": "email", "account_signup": "email"}
SIGN_IN_VIEWS = CODE_VIEWS | set(ADDRESS_VIEWS) | {"account_reauthenticate", "mfa_login_webauthn"}
# What a network may read without end: probes, and the pictures of a page.
NO_PAGES = {"portal:healthz", "portal:media", "portal:readyz"}
# Bytes of a path that are no letters stay as Django found them: with a percent sign.
BROKEN_PATH = re.compile(r"\0|%[89A-F][0-9A-F]")
# What Django and Python say of a text that should be the number of a row.
NO_NUMBER = ("expected a number but got", "invalid literal for int()")
MAX_ADDRESS_LENGTH = 8000
MAX_PARAMETERS = 1000


def client_address(get_response):
    """Puts the client's own address in REMOTE_ADDR once, so that every limiter counts the same one."""

    def middleware(request):
        if not settings.TRUSTED_PROXIES and "HTTP_X_FORWARDED_FOR" in request.META:
            tell_of_unknown_proxy()
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = forwarded[-settings.TRUSTED_PROXIES]
        return get_response(request)

    return middleware


@cache
def tell_of_unknown_proxy():
    """Once a process: whoever sends the header by hand fills no log."""
    logger.warning("A request came with X-Forwarded-For while TRUSTED_PROXIES is 0: is there a proxy in front?")


def refuse_malformed_input(get_response):
    """NUL, broken UTF-8, endless addresses and bodies over the limit get a plain answer and no traceback."""

    def middleware(request):
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_ADDRESS_LENGTH or query.count("&") > MAX_PARAMETERS:
            return error_views.bad_request(request)
        if not _is_text(unquote_to_bytes(query)) or BROKEN_PATH.search(request.path_info):
            return error_views.bad_request(request)
        length = whole_number(request.META.get("CONTENT_LENGTH") or "0")
        if length is None:
            return error_views.bad_request(request)
        if length > settings.MAX_BODY_BYTES:
            return error_views.too_large(request)
        return get_response(request)

    return middleware


def _is_text(sent):
    """Whether these bytes can be kept as they are: UTF-8 without NUL."""
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False


def refuse_unreadable_forms(get_response):
    """A form with NUL, too many fields or too much text is refused before a view sees it.

    Bytes that are no letters are not: Django reads U+FFFD instead, which our forms take out.

    Stands behind the middleware that finds the language, so that the answer is in the person's own."""

    def process_view(request, view, args, kwargs):
        if request.method != "POST":
            return None
        try:
            values = [value for _name, values in request.POST.lists() for value in values]
        except (BadRequest, MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError):
            return error_views.bad_request(request)
        except RequestDataTooBig:
            return error_views.too_large(request)
        return error_views.bad_request(request) if any("\0" in value for value in values) else None

    def middleware(request):
        return get_response(request)

    middleware.process_view = process_view
    return middleware


def find_nothing_by_no_number(get_response):
    """Choosers and filters of the Wagtail admin take any text for the number of a row, and fall over it.

    What is looked for by no number is not there; only pages that read are answered so, and the log says which."""

    def process_exception(request, error):
        is_reading = request.method in {"GET", "HEAD"} and request.path.startswith("/admin/")
        if not is_reading or not isinstance(error, ValueError) or not any(words in str(error) for words in NO_NUMBER):
            return None
        logger.warning("No number in the address of %s", request.resolver_match.view_name)
        return error_views.not_found(request)

    def middleware(request):
        return get_response(request)

    middleware.process_exception = process_exception
    return middleware


class LoginRequired(LoginRequiredMiddleware):
    """Asks for sign-in. What somebody wrote in the meantime is kept until then.

    What a page of the admin sends by itself is refused as Wagtail refuses it: the page is open, with every word."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise PermissionDenied
        if request.method == "POST" and unsent.keep(request):
            words = _("You were signed out while you were writing. Sign in: your text is kept.")
            messages.warning(request, words)
            return redirect_to_login(reverse("unsent"), self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


def limit_reading(get_response):
    """Nobody without an account reads more pages a minute than people and search engines do. Nothing is written.

    A view for machines brings `too_fast(request, seconds)`, an answer of its own."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.method not in {"GET", "HEAD"} or request.resolver_match.view_name in NO_PAGES:
            return None
        network = network_of(request)
        if not settings.READING_LIMIT or request.user.is_authenticated or not network:
            return None
        if reading.pages.count(network) <= reading.most(request):
            return None
        refuse = getattr(view, "too_fast", error_views.too_fast)
        return refuse(request, reading.seconds_left())

    middleware.process_view = process_view
    return middleware


def limit_sign_in(get_response):
    """Counts tries at codes in the database, so that they are counted when the cache is away; the adapter counts mails.

    Known and unknown addresses are counted alike: the answer tells nothing about who has an account."""

    def middleware(request):
        response = get_response(request)
        known_browsers.write(request, response)
        return response

    def process_view(request, view, args, kwargs):
        name = request.resolver_match.view_name
        if request.method != "POST" or name not in SIGN_IN_VIEWS:
            return None
        person = _person_tried(request)
        may_go_on = sign_in_limits.may_enter(request, person)
        if may_go_on and name in CODE_VIEWS and person:
            may_go_on = sign_in_limits.may_try_code(request, person)
        return None if may_go_on else error_views.too_many_requests(request)

    middleware.process_view = process_view
    return middleware


def _person_tried(request):
    """The e-mail address that somebody signs in with, that the code was sent to, or whose factor is asked for."""
    if request.user.is_authenticated:
        return request.user.email
    if field := ADDRESS_VIEWS.get(request.resolver_match.view_name):
        return request.POST.get(field, "")
    login = unstash_login(request, peek=True)
    if login and (login.email or login.user):
        return login.email or login.user.email
    return request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY, {}).get("email", "")


def relax_policy_in_admin(get_response):
    """The Wagtail admin carries inline scripts and frames its own previews; the public site stays strict."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return middleware


def private_for_members(get_response):
    """What is shown to somebody signed in is kept by no cache.

    Who that is, is not asked for what is settled already, nor for the pages of errors that read nothing: they may come
    from a database that is away, and asking it again would double the wait."""

    def middleware(request):
        response = get_response(request)
        settled = {"public", "no-store"} & set(response.get("Cache-Control", "").replace(" ", "").split(","))
        if not settled and response.status_code < 500 and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
