"""The organisation's words in the talk with a moderator. The moderators' own addresses are in the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from jobs.review.views import talk

urlpatterns = [
    path(_("desk/jobs/<int:pk>/comment/"), talk.posting_comment, name="posting_comment"),
]
