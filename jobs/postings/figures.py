"""What the report counts of postings. A posting that was opened twice in the period counts once."""

from django.db.models import QuerySet

from jobs.postings.enums import PostingStatus
from jobs.postings.models import PostingEvent
from portal.figures import Period


def published(period: Period) -> int:
    return _reached(PostingStatus.PUBLISHED, period).values("posting").distinct().count()


def filled(period: Period) -> int:
    return _reached(PostingStatus.FILLED, period).values("posting").distinct().count()


def publishing_organisations(period: Period) -> int:
    return _reached(PostingStatus.PUBLISHED, period).values("posting__organisation").distinct().count()


def _reached(status: PostingStatus, period: Period) -> QuerySet[PostingEvent]:
    begin, end = period.moments
    return PostingEvent.objects.filter(to_status=status, at__gte=begin, at__lt=end).order_by()
