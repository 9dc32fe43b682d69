"""Who may do what: every address of ours × every role × own and other's object × reading and writing."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import sign_in
from tests.permissions.matrix import (
    ROLES,
    SIGN_IN,
    STAFF,
    STRANGERS,
    all_rows,
    is_third_party,
    named_patterns,
    sample_address,
)

METHOD_NOT_ALLOWED = dict.fromkeys(ROLES, 405)


def answer_to(client, method, address, data=None):
    """The status, with everything undone that the request wrote, in the database and in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address, data)
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.status_code == 302 and answer.url.startswith(reverse("account_login")):
        return SIGN_IN
    return answer.status_code


def writes_of(row):
    """An address that says nothing of writing refuses it, to strangers by asking them to sign in first."""
    if row.post is not None:
        return row.post
    return METHOD_NOT_ALLOWED | {role: SIGN_IN for role in STRANGERS if row.get[role] == SIGN_IN}


def reads_of(row):
    if row.get is not None:
        return row.get
    return METHOD_NOT_ALLOWED | {role: SIGN_IN for role in STRANGERS if row.post[role] == SIGN_IN}


@pytest.mark.parametrize("row", [pytest.param(row, marks=row.marks, id=str(row)) for row in all_rows()])
def test_row(row, world):
    address = row.address(world)
    data = row.data(world) if row.data else {}
    answered = {
        role: (answer_to(client, "get", address), answer_to(client, "post", address, data))
        for role, client in world.clients.items()
    }
    wanted = {role: (reads_of(row)[role], writes_of(row)[role]) for role in ROLES}
    assert {role: answered[role] for role in ROLES} == wanted


# The pages of the page tree have rules and tests of their own.
WITHOUT_ROWS = {"wagtail_serve", "wagtailcore_authenticate_with_password"}
# Steps in the middle of signing in: open, and leading to the beginning who has not begun.
MIDWAY = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "admin_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "wagtailcore_login",
}


def ours():
    return {name: view for name, text, view in named_patterns() if not is_third_party(text, view)}


def test_every_address_has_a_row():
    assert set(ours()) - WITHOUT_ROWS - {row.name for row in all_rows()} == set()


def test_every_row_has_an_address():
    assert {row.name for row in all_rows()} - set(ours()) == set()


def test_only_marked_views_are_open_to_strangers():
    """Deny by default: a view without the mark asks for sign-in, and an open row has a view with the mark."""
    marked = {name for name, view in ours().items() if not getattr(view, "login_required", True)}
    open_rows = {row.name for row in all_rows() if SIGN_IN not in {**(row.get or {}), **(row.post or {})}.values()}
    assert marked - WITHOUT_ROWS - MIDWAY == open_rows


# Wagtail's icons and its texts for scripts: the same for everybody, and nobody's.
SHARED_FILES = {"admin/sprite/", "admin/jsi18n/"}
# Answers that show nothing.
CLOSED = {SIGN_IN, 301, 302, 403, 404, 405}


@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_the_admin_is_closed_without_the_right(world, role):
    """One rule for all addresses of Wagtail's admin: who lacks the right is sent away, whatever is asked."""
    client = world.clients[role]
    shown = {}
    for _name, text, view in named_patterns():
        if is_third_party(text, view) and text not in SHARED_FILES:
            address = sample_address(text)
            statuses = {answer_to(client, method, address) for method in ("get", "post")}
            if statuses - CLOSED:
                shown[text] = statuses
    assert not shown


def ways_without_a_factor(client, factor):
    """What the addresses under /admin/ answer to staff who have used no second factor, where it is no way to it."""
    shown = {}
    for _name, text, _view in named_patterns():
        if text.startswith("admin/"):
            address = sample_address(text)
            answers = [getattr(client, method)(address) for method in ("get", "post", "head", "put")]
            if not all(answer.status_code == 302 and answer.url == factor for answer in answers):
                shown[text] = [answer.status_code for answer in answers]
    return shown


@pytest.mark.parametrize("role", STAFF)
def test_the_admin_asks_staff_for_the_second_factor_everywhere(world, role):
    """Ours and Wagtail's own addresses alike, the API and the shared files too."""
    with transaction.atomic():
        client = sign_in(Client(), world.people[role], second_factor=False)
        shown = ways_without_a_factor(client, reverse("mfa_index"))
        assert client.get("/admin/no/such/page/").url == reverse("mfa_index")
        transaction.set_rollback(True)
    assert not shown
