"""Every page of the site in two sizes, as the demonstration content fills it."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import assert_page_is_right
from tests.browser.people import address, sign_in

ADMINISTRATOR = "maija.malli@ruokatupa.example"
SIZES = pytest.mark.parametrize(("width", "dark"), [(390, True), (1280, False)], ids=["phone, dark", "desk, light"])


def first(site, statement, *parameters):
    return site.execute(statement, *parameters)[0][0]


def open_posting(site):
    return first(
        site,
        "SELECT p.id FROM postings_jobposting p JOIN organisations_organisation o ON o.id = p.organisation_id"
        " WHERE p.status = 'PUBLISHED' AND o.status = 'VERIFIED'"
        " AND p.application_deadline > date('now') ORDER BY p.id",
    )


def own_posting_of(site, statuses):
    """A posting of the association whose administrator signs in."""
    marks = ", ".join("?" * len(statuses))
    return first(
        site,
        "SELECT p.id FROM postings_jobposting p"
        " JOIN organisations_membership m ON m.organisation_id = p.organisation_id"
        f" JOIN accounts_user u ON u.id = m.user_id WHERE u.email = ? AND p.status IN ({marks}) ORDER BY p.id",
        ADMINISTRATOR,
        *statuses,
    )


def public_pages(site):
    posting = open_posting(site)
    filled = first(site, "SELECT id FROM postings_jobposting WHERE status = 'FILLED' ORDER BY id")
    organisation = first(site, "SELECT organisation_id FROM postings_jobposting WHERE id = ?", posting)
    yield "Home", "/"
    yield "Jobs", address("jobs:posting_list")
    yield "Jobs, limited", address("jobs:posting_list") + "?q=keittiö&tunnit=16-20"
    yield "Jobs, none", address("jobs:posting_list") + "?q=xyzzy&tarkka=1"
    yield "Job", address("jobs:posting_short", pk=posting)
    yield "Job, closed", address("jobs:posting_short", pk=filled)
    yield "Job, printed", address("jobs:posting_print", pk=posting)
    yield "Apply", address("jobs:posting_apply", pk=posting)
    yield "Saved jobs", address("jobs:saved_postings")
    yield "My application", address("jobs:application_status")
    yield "Associations", address("organisations:organisation_list")
    yield "Association", address("organisations:organisation_detail", pk=organisation, slug="x")
    for (path,) in site.execute(
        "SELECT url_path FROM wagtailcore_page JOIN wagtailcore_locale l ON l.id = locale_id"
        " WHERE live AND depth > 2 AND l.language_code = 'fi' ORDER BY path"
    ):
        yield f"Page {path.split('/')[-2]}", "/" + path.split("/", 2)[2]
    yield "Sign in", address("account_login")
    yield "Sign up", address("account_signup")


def desk_pages(site):
    published = own_posting_of(site, ["PUBLISHED", "FILLED"])
    yield "Desk", address("organisations:desk")
    yield "Desk, jobs", address("jobs:desk_postings")
    yield "Desk, job", address("jobs:desk_posting", pk=published)
    yield "Applications", address("jobs:desk_applications")
    yield "New job", address("jobs:posting_create")
    yield "Profile", address("account_profile")


def look_at(page, screens, sheet, label, path):
    response = page.goto(path)
    assert response.ok, f"{label}: {response.status} {path}"
    expect(page.locator("h1")).to_have_count(1)
    assert_page_is_right(page)
    screens.keep(page, sheet, label)


@SIZES
def test_public_pages(open_page, site, screens, width, dark):
    page = open_page(width=width, dark=dark)
    for label, path in public_pages(site):
        look_at(page, screens, "public", label, path)


@SIZES
def test_desk_pages(open_page, site, screens, width, dark):
    page = open_page(width=width, dark=dark)
    sign_in(page, site, ADMINISTRATOR)
    for label, path in desk_pages(site):
        look_at(page, screens, "desk", label, path)
