"""The words in which rows_<app>.py says who may do what: one Row for each address, and for each object's owner.

    Row("jobs:posting_edit", lambda world: [world.posting.pk], get=only(200, "member", "admin"), post=only(302, …))
    Row("jobs:posting_edit", lambda world: [world.strange_posting.pk], "other's", get=only(200, "other_admin"), …)

An answer is a status; `SIGN_IN` is the way to the sign-in page. A method without answers is one that the view refuses.
A module may have `build(world)`, which makes the objects of its app.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.urls import get_resolver, reverse

from tests.plugins import OUR_MODULES

ROLES = ("anonymous", "applicant", "member", "admin", "other_admin", "moderator", "editor", "superuser")
STRANGERS = ("anonymous", "applicant")
STAFF = ("moderator", "editor", "superuser")
SIGN_IN = "sign in"


@dataclass(frozen=True)
class Row:
    name: str
    arguments: Callable | None = None
    whose: str = "own"
    get: dict | None = None
    post: dict | None = None
    data: Callable | None = None  # what is posted, from the world
    marks: tuple = ()

    def __str__(self):
        return f"{self.name} ({self.whose})"

    def address(self, world):
        arguments = self.arguments(world) if self.arguments else []
        if isinstance(arguments, dict):
            return reverse(self.name, kwargs=arguments)
        return reverse(self.name, args=arguments)


def everybody(status):
    return dict.fromkeys(ROLES, status)


def signed_in(status):
    return only(status, *ROLES[2:])


def only(status, *roles, otherwise=404):
    """These roles get the status, strangers the sign-in page, everybody else "there is no such thing"."""
    others = dict.fromkeys(ROLES, otherwise) | dict.fromkeys(STRANGERS, SIGN_IN)
    return others | dict.fromkeys(roles, status)


def modules():
    for path in sorted(Path(__file__).parent.glob("rows_*.py")):
        yield import_module(f"tests.permissions.{path.stem}")


def all_rows():
    return [row for module in modules() for row in module.ROWS]


def named_patterns(patterns=None, namespace="", prefix=""):
    """Every address of the site as (full name, pattern text, view)."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        text = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_patterns(entry.url_patterns, inner, text)
        elif entry.name:
            yield namespace + entry.name, text, entry.callback


def is_third_party(text, view):
    return text.startswith(("admin/", "documents/")) and not view.__module__.startswith(OUR_MODULES)


def sample_address(text):
    """An address for the pattern of another's app, each argument filled with something harmless."""
    text = re.sub(r"\(\?P<\w+>[^)]*\)|<int:\w+>", "1", text)
    return "/" + re.sub(r"[\^$\\?]", "", re.sub(r"<(?:\w+:)?\w+>", "x", text))
