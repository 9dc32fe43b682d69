from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from jobs.views import public

app_name = "jobs"

urlpatterns = [
    path(_("jobs/"), public.posting_list, name="posting_list"),
    path(_("jobs/saved/"), public.saved_postings, name="saved_postings"),
    path(_("jobs/save/"), public.posting_save, name="posting_save"),
    path(_("jobs/<int:pk>/print/"), public.posting_print, name="posting_print"),
    path(_("jobs/<int:pk>/deadline.ics"), public.posting_calendar, name="posting_calendar"),
    path("", include("jobs.application_urls")),
    path("", include("jobs.desk_urls")),
    path(_("jobs/<int:pk>/"), public.posting_detail, name="posting_short"),
    path(_("jobs/<int:pk>/<slug:slug>/"), public.posting_detail, name="posting_detail"),
]
