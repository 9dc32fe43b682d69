import json

import pytest
from django.urls import reverse
from django.utils import translation

from tests.accounts.factories import sign_in
from tests.organisations.factories import (
    ActivityFieldFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BUDGET = 12


def listing(client, query="", **headers):
    return client.get(reverse("organisations:organisation_list") + query, **headers)


def names(page):
    return [organisation.name for organisation in page.context["directory"].page]


def test_directory_lists_the_public_in_alphabetical_order(client):
    OrganisationFactory(name="Beeta ry")
    OrganisationFactory(name="alfa ry", paused=True)
    OrganisationFactory(pending=True)
    OrganisationFactory(closed=True)
    assert names(listing(client)) == ["alfa ry", "Beeta ry"]


def test_programs_may_ask_for_the_head_alone(client):
    organisation = OrganisationFactory()
    for address in (reverse("organisations:organisation_list"), organisation.get_absolute_url()):
        assert client.head(address).status_code == 200


def test_limits_counts_and_chips(client):
    food, sports = ActivityFieldFactory(), ActivityFieldFactory(sports=True)
    OrganisationFactory(name="A", activity_fields=[food])
    OrganisationFactory(name="B", activity_fields=[food, sports], municipality=MunicipalityFactory(lieksa=True))
    page = listing(client, "?ala=food&kunta=422")
    assert names(page) == ["B"]
    counts = {option["value"]: option["count"] for option in page.context["directory"].facets[0].options}
    assert counts == {"food": 1, "sports": 1}
    addresses = [chip["url"] for chip in page.context["directory"].chips]
    assert [names(client.get(address)) for address in addresses] == [["B"], ["A", "B"]]


def test_unknown_limits_are_told_and_left_out(client):
    OrganisationFactory(name="A")
    page = listing(client, "?ala=<script>&kunta=999&page=999")
    assert names(page) == ["A"]
    assert page.context["directory"].has_unknown


def test_empty_directory_invites(client):
    assert reverse("organisations:organisation_register") in listing(client).content.decode()


def test_no_hit_leads_back_to_all(client):
    OrganisationFactory(activity_fields=[ActivityFieldFactory()])
    MunicipalityFactory(lieksa=True)
    page = listing(client, "?kunta=422")
    assert not page.context["directory"].page.object_list
    assert f'href="{reverse("organisations:organisation_list")}"' in page.content.decode()


def test_htmx_gets_the_list_alone(client):
    OrganisationFactory(name="Kuvitelma ry")
    part = listing(client, headers={"HX-Request": "true"})
    assert "Kuvitelma ry" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    whole = listing(client, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole.content.decode()


def test_pages_keep_the_limits(client):
    food = ActivityFieldFactory()
    for _number in range(21):
        OrganisationFactory(activity_fields=[food])
    page = listing(client, "?ala=food&page=2")
    assert len(names(page)) == 1
    assert "?ala=food" in page.content.decode()


@pytest.mark.parametrize("is_member", [False, True])
def test_queries_do_not_grow(client, django_assert_max_num_queries, is_member):
    food, sports = ActivityFieldFactory(), ActivityFieldFactory(sports=True)
    if is_member:
        sign_in(client, UserFactory())

    def make(count):
        for _number in range(count):
            OrganisationFactory(activity_fields=[food, sports])

    make(2)
    listing(client)
    with django_assert_max_num_queries(BUDGET) as few:
        listing(client)
    make(18)
    with django_assert_max_num_queries(BUDGET) as many:
        listing(client)
    assert len(few) == len(many)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_directory_speaks_every_language(client, language):
    OrganisationFactory()
    with translation.override(language):
        assert listing(client).status_code == 200


# The public page


def detail(client, organisation, slug=None):
    return client.get(
        reverse("organisations:organisation_detail", args=[organisation.pk, slug or organisation.slug]),
    )


def test_wrong_slug_leads_to_the_right_one(client):
    organisation = OrganisationFactory()
    answer = detail(client, organisation, "vanha-nimi")
    assert (answer.status_code, answer.url) == (301, organisation.get_absolute_url())


@pytest.mark.parametrize(("trait", "status"), [("pending", 404), ("closed", 404), ("paused", 200)])
def test_only_the_public_have_a_page(client, trait, status):
    assert detail(client, OrganisationFactory(**{trait: True})).status_code == status


def test_own_people_see_the_page_before_it_is_public(client):
    person = UserFactory()
    organisation = OrganisationFactory(pending=True, member=person)
    sign_in(client, person)
    assert "noindex" in detail(client, organisation).content.decode()


def test_page_shows_typed_text_as_text(client):
    organisation = OrganisationFactory(
        name="<b>Äänekäs</b> 🙂",
        description="Eka <script>alert(1)</script>.\n\nToka & kolmas <i>kappale</i>, مرحبا.",
        company=True,
        website="https://ruokatupa.example",
        street_address="Esimerkkikatu 12",
    )
    text = detail(client, organisation).content.decode()
    assert "<script>alert" not in text
    structured = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(structured)["name"] == organisation.name
    assert "&lt;b&gt;Äänekäs&lt;/b&gt; 🙂" in text
    assert "مرحبا" in text


def test_page_queries_do_not_grow_with_postings(client, django_assert_max_num_queries):
    organisation = OrganisationFactory(activity_fields=[ActivityFieldFactory()])
    detail(client, organisation)
    with django_assert_max_num_queries(BUDGET):
        detail(client, organisation)
