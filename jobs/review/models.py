from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReviewComment(models.Model):
    """One message in the talk between a moderator and the organisation about one answer of a posting."""

    posting = models.ForeignKey("postings.JobPosting", on_delete=models.CASCADE, related_name="comments")
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

    def __str__(self) -> str:
        return self.text[:60]
