"""The API's shell: what apps register is mounted, and every error is one that a machine can read."""

import json

import pytest
from django.urls import reverse
from ninja import Router

from portal.api import routers, shell
from portal.api.routers import ApiRouter

PROBLEM = "application/problem+json"
ANYTHING = "/api/v1/municipalities"

pytestmark = pytest.mark.django_db


def test_a_router_is_mounted_under_its_name():
    letters = Router()
    letters.get("", url_name="letter_list")(lambda request: [])
    schema = shell.build([ApiRouter("letters", letters)]).get_openapi_schema()
    assert list(schema["paths"]) == ["/api/v1/letters"]


def test_registering_again_takes_the_place():
    before = list(routers.ROUTERS)
    routers.register(before[0])
    assert list(routers.ROUTERS) == before


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/municipalities", ANYTHING + "/"])
def test_an_unknown_address_is_a_problem_in_the_asked_language(client, address):
    answer = client.get(address, headers={"accept-language": "sv"})
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    problem = answer.json()
    assert problem["status"] == 404
    assert problem["detail"].startswith("Det finns ingenting på den här adressen")


def test_it_can_only_be_read(client):
    answer = client.post(ANYTHING, "{}", content_type="application/json", headers={"accept-language": "en"})
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, PROBLEM, "GET")
    assert answer.json()["detail"] == "This address can only be read."


def test_what_cannot_be_read_is_named_and_not_repeated(client, settings):
    counted = Router()
    counted.get("", url_name="counted")(_counted)
    settings.ROOT_URLCONF = type("Addresses", (), {"urlpatterns": shell.addresses([ApiRouter("counted", counted)])})
    answer = client.get("/v1/counted?most=<secret>", headers={"accept-language": "fi"})
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    assert answer.json()["errors"][0]["pointer"] == "query/most"
    assert "secret" not in answer.text


def _counted(request, most: int):
    return [most]


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get(ANYTHING)
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(ANYTHING, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_description_names_every_address(client):
    described = client.get(reverse("api:openapi-json")).json()
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/municipalities", "/api/v1/task-fields"} <= set(described["paths"])
    assert json.dumps(described).count('"operationId"') == len(described["paths"])
