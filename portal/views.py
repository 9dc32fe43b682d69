import posixpath
from contextlib import suppress
from datetime import timedelta

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from portal import probes
from portal.context_processors import THEMES
from portal.furniture import unsent
from portal.furniture.addresses import leads_home
from portal.mail import secrets
from portal.models import OutgoingMail
from portal.sitemaps import SECTIONS
from portal.styleguide import specimens

# A mail carries its styles in its elements; it may load and run nothing.
LETTER_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": [],
}
PICTURE_POLICY = {"default-src": ["'none'"]}
PICTURES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
MEDIA_MAX_AGE = 7 * 24 * 3600  # seconds
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
    return JsonResponse({"database": "up", **probes.report()})


@login_not_required
@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116). Without a contact in the environment there is no such file."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {settings.PUBLIC_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots_txt(request):
    """What search engines leave alone: the rooms behind the sign-in."""
    desk = [prefix + "/" for prefix in ("/admin", "/documents", "/outbox")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in desk), f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap_index(request):
    return sitemaps.index(request, _sitemaps(), sitemap_url_name="portal:sitemap_section")


@login_not_required
@require_safe
def sitemap_section(request, section):
    return sitemaps.sitemap(request, _sitemaps(), section=section)


def _sitemaps():
    return {section.name: section.sitemap for section in SECTIONS}


def _only_while_developing():
    if not settings.SHOW_OUTBOX:
        raise Http404


@login_not_required
@require_safe
def outbox_list(request):
    """Every mail of a development machine; in production there is no such page."""
    _only_while_developing()
    mails = OutgoingMail.objects.order_by("-pk")[:100]
    for mail in mails:
        with suppress(secrets.SecretsGone):
            secrets.put_back(mail)
    return render(request, "portal/outbox_list.html", {"mails": mails})


@login_not_required
@require_safe
def outbox_detail(request, pk):
    _only_while_developing()
    return render(request, "portal/outbox_detail.html", {"mail": _whole_mail(pk)})


@login_not_required
@require_safe
@csp_replace(LETTER_POLICY)
@xframe_options_sameorigin
def outbox_html(request, pk):
    """The HTML part alone, shown in a frame that may do nothing."""
    _only_while_developing()
    return HttpResponse(_whole_mail(pk).html)


def _whole_mail(pk):
    """As it was sent, with its links and codes."""
    try:
        return secrets.put_back(get_object_or_404(OutgoingMail, pk=pk))
    except secrets.SecretsGone as gone:
        raise Http404 from gone


@login_not_required
@require_safe
@cache_control(public=True, max_age=MEDIA_MAX_AGE)
@csp_replace(PICTURE_POLICY)
def media(request, path):
    """Pictures in the sizes that pages show. Originals, documents and all else in the storage are not fetched here."""
    kind = PICTURES.get(posixpath.splitext(path)[1].lower())
    if kind is None or not path.startswith("images/") or posixpath.normpath(path) != path:
        raise Http404
    try:
        picture = default_storage.open(path)
    except OSError as error:
        raise Http404 from error
    return FileResponse(picture, content_type=kind)


@login_not_required
@csrf_exempt  # the footer of every page would need a token, for a choice of colour
@require_POST
def theme(request):
    """Light or dark, for a reader without script. Anything else means "as on the device"."""
    back = request.POST.get("next", "")
    response = redirect(back if leads_home(request, back) else "/")
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
    names, request.COOKIES = list(request.COOKIES), {}  # the answer shows the device as it is from now on
    response = render(request, "portal/clear_device.html", {"is_cleared": True})
    for name in names:
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_GET
def styleguide(request):
    """Every part of the site in all its states, for those who build and edit it."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return render(request, "portal/styleguide.html", specimens())


@never_cache
@require_safe
def unsent_form(request):
    """What the person was writing when the sign-in ended, to be sent once more."""
    kept = unsent.kept(request)
    return render(request, "portal/unsent.html", {"unsent": kept}) if kept else redirect(settings.LOGIN_REDIRECT_URL)
