from django.urls import path
from django.utils.translation import gettext_lazy as _

from jobs.discovery import views

urlpatterns = [
    path(_("jobs/"), views.posting_list, name="posting_list"),
    path(_("jobs/saved/"), views.saved_postings, name="saved_postings"),
    path(_("jobs/save/"), views.posting_save, name="posting_save"),
]
