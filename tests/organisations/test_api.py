import pytest
from django.utils import timezone

from organisations.enums import RolloutState
from organisations.installation import set_up
from organisations.models import Municipality, MunicipalityRollout, TaskField
from tests.organisations.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_every_municipality_with_its_number_and_how_far_it_is(client):
    set_up()
    MunicipalityRollout.objects.create(
        municipality=MunicipalityFactory(), valid_from=timezone.localdate(), state=RolloutState.PILOT, note="Sovittu"
    )
    rows = client.get("/api/v1/municipalities").json()
    assert len(rows) == Municipality.objects.count() == 13
    joensuu = next(row for row in rows if row["code"] == "167")
    assert (joensuu["name_fi"], joensuu["rollout"]) == ("Joensuu", "PILOT")
    assert "Sovittu" not in str(rows)
    assert {row["rollout"] for row in rows if row["code"] != "167"} == {"NOT_YET"}


def test_it_asks_as_much_for_two_as_for_thirteen(client, django_assert_num_queries):
    MunicipalityFactory()
    MunicipalityFactory(lieksa=True)
    with django_assert_num_queries(2):
        client.get("/api/v1/municipalities")
    set_up()
    with django_assert_num_queries(2):
        client.get("/api/v1/municipalities")


def test_every_field_of_work_with_its_groups_of_occupations(client):
    TaskField.objects.create(
        code="kitchen", name_fi="Keittiö", name_sv="Kök", name_en="Kitchen", isco_codes="9412, 5120"
    )
    TaskField.objects.create(code="other", name_fi="Muu", name_sv="Annat", name_en="Other")
    rows = {row["code"]: row for row in client.get("/api/v1/task-fields").json()}
    assert rows["kitchen"]["isco_codes"] == ["9412", "5120"]
    assert rows["other"]["isco_codes"] == []
