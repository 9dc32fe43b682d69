"""Mail that was given up: staff see to whom and why, and let it go once more. They read no text of it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.mail.delivery import send_again
from portal.models import OutgoingMail
from portal.wagtail_hooks.menu import ReportMenuItem

RIGHT = "portal.view_outgoingmail"
PER_PAGE = 50


@permission_required(RIGHT, raise_exception=True)
@require_safe
def mail_failed(request):
    mails = Paginator(OutgoingMail.objects.failed().defer("text", "html").order_by("-pk"), PER_PAGE)
    return render(request, "portal/admin/mail_failed.html", {"mails": mails.get_page(request.GET.get("p"))})


@permission_required(RIGHT, raise_exception=True)
@require_http_methods(["GET", "POST"])
def mail_send_again(request, pk):
    """Asks once more, then queues it. Of two who press, one sends."""
    mail = get_object_or_404(OutgoingMail.objects.failed(), pk=pk)
    if request.method == "POST":
        if send_again(mail):
            messages.success(request, _("The mail is on its way again."))
        else:
            messages.warning(request, _("The mail was not sent again: it has no address, or somebody was faster."))
        return redirect("portal_mail_failed")
    return render(request, "portal/admin/mail_send_again.html", {"mail": mail})


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("reports/mail/", mail_failed, name="portal_mail_failed"),
        path("reports/mail/<int:pk>/again/", mail_send_again, name="portal_mail_send_again"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item():
    words, address = gettext_lazy("Mail that was not sent"), reverse("portal_mail_failed")
    return ReportMenuItem(RIGHT, words, address, icon_name="mail", name="mail-failed", order=60)


class FailedMailPanel(Component):
    """On the first page of the admin: how many mails were given up, with the way to them."""

    name = "mail_failed"
    order = 160
    template_name = "portal/admin/mail_panel.html"

    def get_context_data(self, parent_context):
        return {"count": OutgoingMail.objects.failed().count()}


@hooks.register("construct_homepage_panels")
def add_panel(request, panels):
    if request.user.has_perm(RIGHT):
        panels.append(FailedMailPanel())
