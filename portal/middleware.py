"""Small steps around every request, each one function named for what it does."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.utils.cache import patch_cache_control

from portal import error_views

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


def address_of(request):
    """The client's address, read past as many proxies as stand in front (TRUSTED_PROXIES)."""
    return request.META["REMOTE_ADDR"]


def client_address(get_response):
    """Puts the client's own address in REMOTE_ADDR once, so that every limiter counts the same one."""

    def middleware(request):
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = forwarded[-settings.TRUSTED_PROXIES]
        return get_response(request)

    return middleware


def outage_page(get_response):
    """A database that is away or mute gives a page that needs no database, and says when to come back."""

    def middleware(request):
        try:
            return get_response(request)
        except (OperationalError, InterfaceError):
            logger.exception("The database did not answer")
            return error_views.unavailable(request)

    def process_exception(request, exception):
        if isinstance(exception, OperationalError | InterfaceError):
            logger.error("The database did not answer", exc_info=exception)
            return error_views.unavailable(request)
        return None

    middleware.process_exception = process_exception
    return middleware


def refuse_malformed_input(get_response):
    """NUL and broken UTF-8 in an address, and bodies over the limit, get a plain answer and no traceback."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            return error_views.bad_request(request)
        if "�" in request.path_info:
            return error_views.bad_request(request)
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return error_views.bad_request(request)
        if length > settings.MAX_BODY_BYTES:
            return error_views.too_large(request)
        return get_response(request)

    def process_exception(request, exception):
        return error_views.too_large(request) if isinstance(exception, RequestDataTooBig) else None

    middleware.process_exception = process_exception
    return middleware


def relax_policy_in_admin(get_response):
    """The Wagtail admin carries inline scripts of its own; the public site stays strict."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY
        return response

    return middleware


def private_for_members(get_response):
    """What is shown to somebody signed in is kept by no cache."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
