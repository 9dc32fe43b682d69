"""Telling people what they may not do, or not any more: for the views of every app that writes."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from organisations.permissions import NotAllowed


def telling_refusal(words, page):
    """For a view of one thing: on NotAllowed nothing is changed, and `words` are told on the thing's `page`."""

    def telling(view):
        @wraps(view)
        def told(request, pk, *args, **kwargs):
            try:
                return view(request, pk, *args, **kwargs)
            except NotAllowed:
                messages.warning(request, words)
                return redirect(page, pk)

        return told

    return telling
