"""The API as one: what apps have registered, open to everybody, read only."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page, require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.api import problems
from portal.api.routers import ROUTERS, ApiRouter

VERSION = "1"
KEPT_FOR = 60  # seconds, by caches on the way

View = Callable[..., HttpResponse]


def build(routers: Iterable[ApiRouter]) -> NinjaAPI:
    api = NinjaAPI(
        title=settings.WAGTAIL_SITE_NAME,
        version=VERSION,
        urls_namespace="api",
        docs_url=None,
        docs_decorator=require_safe,
    )
    api.add_exception_handler(Http404, problems.not_found)
    api.add_exception_handler(ValidationError, problems.unprocessable)
    for mounted in routers:
        api.add_router(f"/{mounted.name}", mounted.router, tags=[mounted.name])
    return api


def for_machines(view: View) -> View:
    """Open to everybody, in the asked language, with an ETag; caches on the way may keep it for a minute."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            response = _answered(view, request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return response

    vars(answer)["too_fast"] = problems.too_many  # for portal.middleware.limit_reading
    return login_not_required(conditional_page(answer))


def _answered(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """What a view answers; what the library says of addresses and methods by itself comes as a problem too."""
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        return problems.not_found(request)
    return problems.read_only() if response.status_code == 405 else response


def addresses(routers: Iterable[ApiRouter] = ROUTERS) -> list[URLPattern | URLResolver]:
    """/api/v1/… with what is registered by now and, for all else below /api/, an error that a machine can read."""
    patterns, app_name, namespace = build(routers).urls
    decorate_urlpatterns(patterns, for_machines)
    return [
        path(f"v{VERSION}/", (patterns, app_name, namespace)),
        re_path("", for_machines(problems.not_found), name="api_unknown"),
    ]
