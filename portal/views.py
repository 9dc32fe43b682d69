from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from portal.context_processors import THEMES
from portal.models import OutgoingMail
from portal.styleguide import specimens

THEME_MAX_AGE = 365 * 24 * 3600  # seconds


@login_not_required
@require_safe
@never_cache
def healthz(request):
    """Alive: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request):
    """Ready: the database answers. Search is reported, not required."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})


@login_not_required
@require_GET
def security_txt(request):
    """Where to report a weakness (RFC 9116)."""
    lines = ["Contact: " + settings.PUBLIC_URL, "Preferred-Languages: fi, sv, en", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def outbox_list(request):
    """Every mail of a development machine; in production there is no such page."""
    if not getattr(settings, "SHOW_OUTBOX", False):
        raise Http404
    return render(request, "portal/outbox_list.html", {"mails": OutgoingMail.objects.order_by("-pk")[:100]})


@login_not_required
@require_GET
def outbox_detail(request, pk):
    if not getattr(settings, "SHOW_OUTBOX", False):
        raise Http404
    return render(request, "portal/outbox_detail.html", {"mail": get_object_or_404(OutgoingMail, pk=pk)})


@login_not_required
@csrf_exempt  # the footer of every page would need a token, for a choice of colour
@require_POST
def theme(request):
    """Light or dark, for a reader without script. Anything else means "as on the device"."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if is_ours else "/")
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        # js/theme.js writes the same cookie, so it is not closed to scripts.
        response.set_cookie("theme", chosen, max_age=THEME_MAX_AGE, secure=settings.IS_TLS, samesite="Lax")
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
def clear_device(request):
    """For shared computers: signs out and removes everything that this site keeps in the browser."""
    if request.method == "GET":
        return render(request, "portal/clear_device.html")
    logout(request)
    response = render(request, "portal/clear_device.html", {"is_cleared": True, "theme": "", "saved_keys": []})
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax", secure=settings.IS_TLS)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_GET
def styleguide(request):
    """Every part of the site in all its states, for those who build and edit it."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "portal/styleguide.html", specimens())
