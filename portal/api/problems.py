"""Errors of the API as RFC 9457 describes them: what happened and what to do, in the language that was asked for."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

CONTENT_TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """`detail` is a sentence for people; `more` are members of the problem's own, as `errors`."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def not_found(request: HttpRequest, error: object = None) -> HttpResponse:
    return problem(404, _("There is nothing at this address. The addresses are listed in openapi.json."))


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Stands before the view, which would have found the language."""
    with translation.override(translation.get_language_from_request(request)):
        response = problem(429, _("Too many requests from your network. Wait as long as Retry-After says, in seconds."))
    response["Retry-After"] = str(seconds)
    return response


def read_only() -> HttpResponse:
    response = problem(405, _("This address can only be read."))
    response["Allow"] = "GET"
    return response


def unprocessable(request: HttpRequest, error: Any) -> HttpResponse:
    """For a ValidationError of ninja: names each parameter that cannot be read, and never repeats what was sent."""
    errors = [{"pointer": "/".join(str(part) for part in row["loc"]), "detail": row["msg"]} for row in error.errors]
    return problem(422, _("Something in the address cannot be read. See errors."), errors=errors)
