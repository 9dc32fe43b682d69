"""Telling people what they may not do, or not any more: for the views of every app that writes."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from organisations.permissions import NotAllowed


def _answering_refusal(answer):
    """For a view: on NotAllowed nothing is changed, and the page is `answer(request, refusal, *arguments)`."""

    def answering(view):
        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refusal:
                return answer(request, refusal, *args, **kwargs)

        return answered

    return answering


def telling_refusal(words, page):
    """For a view of one thing: a refusal is told in `words` on the thing's `page`."""

    def on_its_page(request, refusal, pk, *args, **kwargs):
        messages.warning(request, words)
        return redirect(page, pk)

    return _answering_refusal(on_its_page)


@_answering_refusal
def telling_change_of_rights(request, refusal, *args, **kwargs):
    """For a view of the desk: the role, or the organisation's state, changed after the page was opened."""
    words = _("Nothing was changed: you may not do this any more in %(name)s.")
    messages.error(request, words % {"name": refusal.organisation.name})
    return redirect("organisations:desk")
