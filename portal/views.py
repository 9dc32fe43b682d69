from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from portal.models import OutgoingMail


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
