"""What the review shows on the desk: what a moderator asks, and the talk about it."""

from django.urls import reverse

from jobs.postings.permissions import can_moderate
from jobs.review import acts
from jobs.review.forms import CommentForm
from portal.slots import Filling


def requests(page, posting, names=None):
    """What a moderator asks and nobody has settled, about these answers or about all."""
    comments = posting.comments.filter(resolved_at__isnull=True)
    comments = list(comments if names is None else comments.filter(field__in=names))
    return {"comments": comments} if comments else None


def talk(page, posting):
    comments = list(posting.comments.select_related("author"))
    if not comments:
        return None
    form = CommentForm() if acts.ANSWER.is_possible(posting) else None
    return {"comments": comments, "form": form, "answer_url": reverse("jobs:posting_comment", args=[posting.pk])}


def preview(page, posting):
    """Moderators come from the review and go back to it."""
    return {"posting": posting} if can_moderate(page["request"].user) else None


FILLINGS = [
    Filling("review.preview", "posting.preview", "jobs/review/slots/preview.html", preview),
    Filling("review.requests", "posting.requests", "jobs/review/slots/requests.html", requests),
    Filling("review.talk", "posting.desk", "jobs/review/slots/talk.html", talk, 30),
]
