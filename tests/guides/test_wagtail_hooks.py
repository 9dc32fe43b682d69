import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.factories import UserFactory, sign_in
from tests.guides.factories import GuidePageFactory, TrainingPackagePageFactory


@pytest.fixture
def boss(client, db):
    user = UserFactory(superuser=True)
    sign_in(client, user)
    return user


def test_report_lists_pages_without_a_date_first_then_by_date(client, shelf, boss):
    GuidePageFactory(parent=shelf, title="Kaukana")
    TrainingPackagePageFactory(parent=shelf, title="Myöhässä", late=True)
    GuidePageFactory(parent=shelf, title="Päivätön", review_by=None)
    GuidePageFactory(parent=shelf, title="Luonnos", live=False)
    response = client.get(reverse("guides_review_report"))
    assert [(page.title, page.is_late) for page in response.context["object_list"]] == [
        ("Päivätön", True),
        ("Myöhässä", True),
        ("Kaukana", False),
    ]


def test_report_can_be_taken_to_a_spreadsheet(client, shelf, boss):
    GuidePageFactory(parent=shelf, title="Kaukana")
    response = client.get(reverse("guides_review_report") + "?export=csv")
    assert "Kaukana,fi,2026-11-02,2999-05-02" in b"".join(response.streaming_content).decode()


def test_report_takes_as_many_queries_for_two_pages_as_for_twenty(client, shelf, boss, django_assert_num_queries):
    GuidePageFactory.create_batch(2, parent=shelf)
    client.get(reverse("guides_review_report"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("guides_review_report"))
    GuidePageFactory.create_batch(18, parent=shelf)
    with django_assert_num_queries(len(few)):
        client.get(reverse("guides_review_report"))


def test_report_is_for_editors(client, db):
    sign_in(client, UserFactory())
    assert client.get(reverse("guides_review_report")).status_code in {302, 403}


def test_first_page_of_the_admin_tells_of_late_pages(client, shelf, boss):
    assert reverse("guides_review_report") in client.get("/admin/").content.decode()
    assert 'id="review-section' not in client.get("/admin/").content.decode()
    GuidePageFactory(parent=shelf, late=True)
    assert 'id="review-section' in client.get("/admin/").content.decode()
