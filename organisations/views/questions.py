"""Asking once more before something is decided or mailed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render

from organisations.context_processors import choose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Question:
    """What will happen, and the button that says yes. `role` goes with the answer, where one is given."""

    title: "str | _StrPromise"
    text: "str | _StrPromise"
    button: "str | _StrPromise"
    back_url: str
    is_serious: bool = True
    role: str = ""


def ask(request, organisation, question):
    """The page of the desk on which a question stands alone."""
    context = {"question": question, "membership": choose(request, organisation.pk), "tab": "details"}
    return render(request, "organisations/desk/question.html", context)
