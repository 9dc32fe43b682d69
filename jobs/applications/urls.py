"""Addresses of applying, of the applicant's own page, and of the organisation's inbox."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from jobs.applications.views import apply, inbox, status

urlpatterns = [
    path(_("jobs/<int:pk>/apply/"), apply.posting_apply, name="posting_apply"),
    path(_("jobs/<int:pk>/apply/<int:step>/"), apply.posting_apply, name="posting_apply_step"),
    path(_("jobs/<int:pk>/apply/sent/"), apply.application_receipt, name="application_receipt"),
    path(_("my-application/"), status.application_status, name="application_status"),
    path(_("my-application/state/"), status.application_state, name="application_state"),
    path(_("my-application/withdraw/"), status.application_withdraw, name="application_withdraw"),
    path(_("my-application/<str:token>/"), status.application_link, name="application_link"),
    path(_("desk/applications/"), inbox.desk_applications, name="desk_applications"),
    path(_("desk/applications/<int:pk>/"), inbox.application_detail, name="application_detail"),
    path(_("desk/applications/<int:pk>/move/"), inbox.application_move, name="application_move"),
    path(_("desk/applications/<int:pk>/decline/"), inbox.application_decline, name="application_decline"),
    path(_("desk/applications/<int:pk>/notes/"), inbox.application_note, name="application_note"),
]
