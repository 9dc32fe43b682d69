"""The one way to look for postings: the list, its counts, tags and feeds ask `find`."""

from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from jobs.enums import Demand, Extra, HoursBand, Order
from jobs.models import JobPosting, JobTask, TaskField
from jobs.models.posting import NEW_FOR
from organisations.models import Municipality

# Each value of these narrows; values of the other groups widen.
NARROWING = {"without", "extras"}


@dataclass(frozen=True)
class Filters:
    """What a search is limited to. Choices of one group widen it, groups narrow it; demands narrow each."""

    municipalities: tuple[str, ...] = ()
    task_fields: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    GROUPS = ("municipalities", "task_fields", "hours", "without", "extras")

    def __len__(self):
        return sum(len(getattr(self, group)) for group in self.GROUPS)

    def lacking(self, group, value=None):
        """The same without a group, or without one value of it."""
        kept = () if value is None else tuple(one for one in getattr(self, group) if one != value)
        return replace(self, **{group: kept})


@dataclass
class Found:
    """The answer: postings in order, as a queryset, and the counts beside each choice."""

    postings: object
    total: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def find(filters, text="", *, order=Order.CLOSING, counted=None):
    """The open postings that match, in the given order.

    `counted` maps groups to values: each value's count under all other groups' limits comes with the answer.
    """
    matching = JobPosting.objects.open().filter(_text(text))
    postings = matching.filter(_all(filters))
    counts = _counts(matching, filters, counted) if counted else {}
    return Found(postings.order_by(*_ordering(order)), postings.count(), counts)


def _ordering(order):
    return ["-published_at", "-pk"] if order == Order.NEWEST else ["application_deadline", "pk"]


def _text(text):
    """Every word stands in the title, a task, or the association's name."""
    condition = Q()
    for word in text.split():
        in_tasks = Exists(JobTask.objects.filter(posting=OuterRef("pk"), title__icontains=word))
        condition &= Q(title__icontains=word) | Q(organisation__name__icontains=word) | in_tasks
    return condition


def _all(filters, *, lacking=None):
    condition = Q()
    for group in Filters.GROUPS:
        if group != lacking:
            condition &= _group(group, getattr(filters, group))
    return condition


def _group(group, values):
    """One group's condition: any of its values, or every one where each narrows."""
    condition = Q()
    for value in values:
        if group in NARROWING:
            condition &= _choice(group, value)
        else:
            condition |= _choice(group, value)
    return condition


def _choice(group, value):
    if group == "municipalities":
        return Q(municipality_id=value)
    if group == "task_fields":
        return Q(task_field__code=value)
    if group == "hours":
        low, high = HoursBand(value).limits
        return Q(hours_max__gte=low, hours_min__lt=high + 1)
    if group == "without":
        return Q(firm_demands__without=Demand(value).bit)
    return {
        Extra.SUBSIDY: Q(is_subsidy_possible=True),
        Extra.TAILORED: Q(is_tailored=True),
        Extra.EASY: ~Q(easy_text=""),
        Extra.NEW: Q(published_at__gte=_today() - NEW_FOR),
    }[Extra(value)]


def _counts(matching, filters, counted):
    """Every choice's count, all of them in one pass over the open postings."""
    sums = {}
    for group, values in counted.items():
        others = _all(filters) if group in NARROWING else _all(filters, lacking=group)
        for value in values:
            sums[f"{group}:{value}"] = Count("pk", filter=others & _choice(group, value))
    found = matching.aggregate(**sums)
    return {group: {value: found[f"{group}:{value}"] for value in values} for group, values in counted.items()}


def municipality_choices():
    return [(one.code, one.name) for one in Municipality.objects.all()]


def task_field_choices():
    return [(one.code, one.name) for one in TaskField.objects.all()]


def _today():
    """Midnight in Helsinki: rounded to the day, so that an answer can be kept."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def open_counts_by_task_field():
    """Pairs of task field and its number of open postings, most first, then by the field's own place."""
    counts = dict(JobPosting.objects.open().order_by().values_list("task_field").annotate(count=Count("pk")))
    fields = [(task_field, counts.get(task_field.pk, 0)) for task_field in TaskField.objects.all()]
    return sorted(fields, key=lambda pair: (-pair[1], pair[0].position, pair[0].pk))
