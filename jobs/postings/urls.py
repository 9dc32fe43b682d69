"""A posting's public page, and the organisation's desk: its postings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from jobs.postings.views import desk, public, wizard

urlpatterns = [
    path(_("desk/jobs/"), desk.desk_postings, name="desk_postings"),
    path(_("desk/jobs/new/"), wizard.posting_create, name="posting_create"),
    path(_("desk/jobs/<int:pk>/"), desk.desk_posting, name="desk_posting"),
    path(_("desk/jobs/<int:pk>/copy/"), wizard.posting_copy, name="posting_copy"),
    path(_("desk/jobs/<int:pk>/preview/"), wizard.posting_preview, name="posting_preview"),
    path(_("desk/jobs/<int:pk>/submit/"), wizard.posting_submit, name="posting_submit"),
    path(_("desk/jobs/<int:pk>/extend/"), desk.posting_extend, name="posting_extend"),
    path(_("desk/jobs/<int:pk>/do/<slug:action>/"), desk.posting_action, name="posting_action"),
    path(_("desk/jobs/<int:pk>/edit/<slug:step>/"), wizard.posting_edit, name="posting_edit"),
    path(_("jobs/<int:pk>/print/"), public.posting_print, name="posting_print"),
    path(_("jobs/<int:pk>/deadline.ics"), public.posting_calendar, name="posting_calendar"),
    path(_("jobs/<int:pk>/"), public.posting_detail, name="posting_short"),
    path(_("jobs/<int:pk>/<slug:slug>/"), public.posting_detail, name="posting_detail"),
]
