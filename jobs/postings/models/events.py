from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.postings.enums import EventKind, PostingStatus
from portal.states import StateEvent


class PostingEvent(StateEvent):
    """What happened to a posting: who, when, from which state to which, why, and which answers changed."""

    STATES = PostingStatus

    posting = models.ForeignKey("postings.JobPosting", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind, default=EventKind.STATUS)
    changed_fields = models.JSONField(_("changed answers"), default=list)
    # What the moderator saw, kept with the event so that the next review shows only what changed since.
    snapshot = models.JSONField(default=dict, blank=True)

    class Meta(StateEvent.Meta):
        verbose_name = _("event of a posting")
        verbose_name_plural = _("events of a posting")
        indexes = [models.Index(fields=["posting", "kind", "-at"], name="posting_history")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d.%m.%Y}"

    @property
    def label(self) -> str:
        """What happened, in a word: the state that was reached, or what was done without changing it."""
        return super().label if self.kind == EventKind.STATUS else self.get_kind_display()
