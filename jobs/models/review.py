from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.enums import EventKind, PostingStatus


class PostingEvent(models.Model):
    """What happened to a posting: who, when, from which state to which, why, and which answers changed."""

    posting = models.ForeignKey("jobs.JobPosting", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind, default=EventKind.STATUS)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    from_status = models.CharField(_("from"), max_length=20, choices=PostingStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=PostingStatus, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    changed_fields = models.JSONField(_("changed answers"), default=list)
    # What the moderator saw, kept with the event so that the next review shows only what changed since.
    snapshot = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event of a posting")
        verbose_name_plural = _("events of a posting")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["posting", "kind", "-at"], name="posting_history")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%d.%m.%Y}"


class ReviewComment(models.Model):
    """One message in the talk between a moderator and the organisation about one answer of a posting."""

    posting = models.ForeignKey("jobs.JobPosting", on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(_("answer"), max_length=40, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    is_from_moderator = models.BooleanField(_("from a moderator"))
    text = models.TextField(_("text"), max_length=1000)
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    resolved_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("review comment")
        verbose_name_plural = _("review comments")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:60]
