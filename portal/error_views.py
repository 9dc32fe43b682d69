"""Error pages. Those of 500 and 503 read nothing from the database."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = "30"  # seconds


def _standalone(status):
    """A page of its own: no context processors, no database."""
    language = get_language() or "fi"
    return HttpResponse(render_to_string(f"{status}.html", {"language": language}), status=status)


@requires_csrf_token
def bad_request(request, exception=None):
    return _standalone(400)


@requires_csrf_token
def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failed(request, reason=""):
    return render(request, "403.html", {"is_stale_form": True}, status=403)


@requires_csrf_token
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def gone(request):
    return render(request, "410.html", status=410)


def too_large(request):
    return _standalone(413)


def too_many_requests(request):
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "3600"
    return response


def locked_out(request, credentials, *args, **kwargs):
    """The answer of axes after too many wrong passwords."""
    return too_many_requests(request)


def server_error(request):
    return _standalone(500)


def unavailable(request):
    response = _standalone(503)
    response["Retry-After"] = RETRY_AFTER
    return response
