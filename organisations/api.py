"""For machines: the region's municipalities and the fields of work, whose codes stand in all other data."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from organisations.enums import RolloutState
from organisations.models import Municipality, TaskField

municipalities = Router()
task_fields = Router()


class MunicipalityOut(Schema):
    code: str = Field(description="Statistics Finland's number of the municipality: three digits.")
    name_fi: str
    name_sv: str
    latitude: float = Field(description="Of the centre, in WGS 84.")
    longitude: float
    rollout: RolloutState = Field(description="How far the job bank is taken into use there today.")


class TaskFieldOut(Schema):
    code: str
    name_fi: str
    name_sv: str
    name_en: str
    isco_codes: list[str] = Field(description="Groups of ISCO-08 that belong to the field: four digits each.")

    @staticmethod
    def resolve_isco_codes(field: TaskField) -> list[str]:
        return field.isco_codes.replace(",", " ").split()


@municipalities.get("", response=list[MunicipalityOut], url_name="municipality_list", summary="All municipalities")
def municipality_list(request: HttpRequest) -> Any:
    return Municipality.objects.with_rollout()


@task_fields.get("", response=list[TaskFieldOut], url_name="task_field_list", summary="All fields of work")
def task_field_list(request: HttpRequest) -> Any:
    return TaskField.objects.all()
