from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.postings.enums import Demand, DemandLevel, LanguageLevel, TaskKind, WorkLanguage


class Lines(models.Aggregate):
    """The texts of a group as one text, a line each, in no order."""

    function = "GROUP_CONCAT"
    output_field = models.TextField()

    def __init__(self, text: str, **extra: Any) -> None:
        super().__init__(text, models.Value("\n"), **extra)

    def as_postgresql(self, *args: Any, **extra: Any) -> Any:
        return self.as_sql(*args, function="STRING_AGG", **extra)


class JobTask(models.Model):
    """One task of a job, with its share of the week."""

    posting = models.ForeignKey("postings.JobPosting", on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("task"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=TaskKind, default=TaskKind.CORE)
    minutes_per_week = models.PositiveSmallIntegerField(_("minutes a week"), null=True, blank=True)
    can_be_left_out = models.BooleanField(_("can be left out"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class PostingLanguage(models.Model):
    """A language that the work needs, and how well."""

    posting = models.ForeignKey("postings.JobPosting", on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=3, choices=WorkLanguage)
    level = models.CharField(_("level"), max_length=2, choices=LanguageLevel)

    class Meta:
        verbose_name = _("language of work")
        verbose_name_plural = _("languages of work")
        constraints = [models.UniqueConstraint(fields=["posting", "language"], name="one_level_per_language")]

    def __str__(self) -> str:
        return f"{self.get_language_display()}: {self.get_level_display()}"


class PostingDemand(models.Model):
    """One of twelve demands: how much of it the work asks, and whether that can be adapted."""

    posting = models.ForeignKey("postings.JobPosting", on_delete=models.CASCADE, related_name="demands")
    demand = models.CharField(_("demand"), max_length=12, choices=Demand)
    level = models.PositiveSmallIntegerField(_("level"), choices=DemandLevel, default=DemandLevel.NONE)
    can_be_adapted = models.BooleanField(_("can be adapted"), default=False)
    note = models.CharField(_("how"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        constraints = [models.UniqueConstraint(fields=["posting", "demand"], name="one_level_per_demand")]
        indexes = [models.Index(fields=["demand", "level", "can_be_adapted", "posting"], name="demand_limits")]

    def __str__(self) -> str:
        return f"{self.get_demand_display()}: {self.get_level_display()}"
