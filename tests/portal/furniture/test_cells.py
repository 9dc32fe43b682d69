"""What people typed is text in a table programme too: no cell of an export is a formula."""

import csv
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage

from portal.furniture.cells import plain_cell
from tests.accounts.factories import UserFactory, sign_in
from tests.permissions.matrix import named_patterns, sample_address

FORMULA = '=HYPERLINK("https://evil.example","Oma sivu")'
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("value", [f"{sign}1" for sign in BEGINNINGS] + ["  =1"])
def test_what_a_table_programme_would_reckon_stands_behind_an_apostrophe(value):
    assert plain_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["Aino", "", "a=1", -5, 2.5, None, True])
def test_all_else_stays_as_it_is(value):
    assert plain_cell(value) is value


@pytest.fixture
def hostile(client, db):
    """A site on which every name that an export shows is a formula."""
    user = UserFactory(superuser=True, name=FORMULA)
    sign_in(client, user)
    client.raise_request_exception = False  # Wagtail's own addresses fall over arguments that are made up
    page = Page.objects.get(depth=2)
    page.title = page.draft_title = FORMULA
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now()
    page.save(clean=False)
    page.save_revision(user=user)
    Redirect.objects.create(old_path="/vanha", redirect_link=FORMULA)
    log(page, "wagtail.edit", user=user)
    workflow = Workflow.objects.create(name=FORMULA)
    workflow.workflow_tasks.create(task=GroupApprovalTask.objects.create(name=FORMULA))
    WorkflowPage.objects.create(workflow=workflow, page=page)
    workflow.start(page, user)
    return client


def cells_of(answer):
    sent = b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("text/csv"):
        return [cell for row in csv.reader(StringIO(sent.decode(), newline="")) for cell in row]
    return [cell for sheet in load_workbook(BytesIO(sent)) for row in sheet.values for cell in row]


def exports(client, kind):
    """The answers that are tables, by their addresses: every address of the admin is asked."""
    for address in sorted(
        {sample_address(text) for _name, text, _view in named_patterns() if text.startswith("admin/")}
    ):
        answer = client.get(address, {"export": kind})
        if answer.status_code == 200 and answer.get("Content-Disposition", "").endswith(f'{kind}"'):
            yield address, cells_of(answer)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_export_of_the_admin_holds_a_formula(hostile, kind):
    tables = dict(exports(hostile, kind))
    formulas = {
        address: cell
        for address, cells in tables.items()
        for cell in cells
        if isinstance(cell, str) and cell.startswith(BEGINNINGS)
    }
    assert not formulas
    shown = {address for address, cells in tables.items() if f"'{FORMULA}" in cells}
    assert shown >= {
        "/admin/redirects/",
        "/admin/reports/locked/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
    }
    assert {"/admin/reports/review/", "/admin/reports/workflow_tasks/", "/admin/users/"} <= set(tables)
