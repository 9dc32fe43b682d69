"""The organisation's side of the talk with a moderator."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jobs.postings.views.rights import own_posting_to_write, telling_rights
from jobs.review import actions
from jobs.review.forms import CommentForm


@require_http_methods(["GET", "HEAD", "POST"])
@telling_rights
def posting_comment(request, pk):
    """Answers the moderator. A refused answer comes back on a page of its own, with the talk above it."""
    posting = own_posting_to_write(request, pk)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.answer_comment(posting, by=request.user, text=form.cleaned_data["text"])
        return redirect("jobs:desk_posting", posting.pk)
    context = {
        "tab": "postings",
        "posting": posting,
        "form": form,
        "comments": posting.comments.select_related("author"),
    }
    return render(request, "jobs/review/answer.html", context)
