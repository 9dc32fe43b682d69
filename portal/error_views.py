"""Error pages. Those of 400, 413, 500, 503 and of reading too fast read nothing from the database, and none reads what
was sent: that may be what could not be read."""

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from portal.furniture import unsent

logger = logging.getLogger(__name__)

READ_ONLY = "25006"
RETRY_AFTER = "30"  # seconds


def _standalone(request, status, template=None):
    """A page of its own: no context processors, no database, and the address's language before middleware found it."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(language):
        page = render_to_string(template or f"{status}.html", {"language": language})
    return HttpResponse(page, status=status)


def bad_request(request, exception=None):
    return _standalone(request, 400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failed(request, reason=""):
    """The page was older than the sign-in, or keeps no cookies. What was written on a page of ours is shown again."""
    written = unsent.read(request) if unsent.came_from_us(request) else None
    if written:
        return render(request, "portal/unsent.html", {"unsent": written, "is_stale_form": True}, status=403)
    return render(request, "403.html", {"is_stale_form": True}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def not_stored(request):
    """A file found no room on the disk. What was written beside it is shown again."""
    written = unsent.read(request) or unsent.Unsent(request.get_full_path(), [], has_files=True)
    return render(request, "portal/unsent.html", {"unsent": written, "is_not_stored": True}, status=507)


def gone(request):
    return render(request, "410.html", status=410)


def too_large(request):
    return _standalone(request, 413)


def too_many_requests(request):
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "3600"
    return response


def too_fast(request, seconds):
    """Pages, not tries: the answer must cost less than the page would have."""
    response = _standalone(request, 429, "portal/too_fast.html")
    response["Retry-After"] = str(seconds)
    return response


def server_error(request):
    """Called while the exception is being handled: tells a database that is away or mute from a fault of ours."""
    error = sys.exc_info()[1]
    # A PostgreSQL that only reads says so by a fault of its own.
    is_read_only = getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    if is_read_only or isinstance(error, OperationalError | InterfaceError):
        logger.error("The database did not answer")
        return unavailable(request)
    return _standalone(request, 500)


def unavailable(request):
    response = _standalone(request, 503)
    response["Retry-After"] = RETRY_AFTER
    return response
