"""Rollout of municipalities and mandates between the demonstration organisations, from services.toml."""

from datetime import timedelta
from itertools import groupby
from pathlib import Path

from organisations.demonstration import writing
from organisations.enums import MandateStatus
from organisations.models import Mandate, MandateEvent, Municipality, MunicipalityRollout, Organisation
from portal.site import people
from portal.site.dates import day_ahead, moment_ago
from portal.site.writing import read
from portal.states import move

SOURCE = Path(__file__).parent / "services.toml"
# Decided a while before it began.
NOTICE = 10


def tables():
    return read(SOURCE)


def write():
    """Makes the histories and mandates that are missing."""
    moderator = people.moderator()
    for name, changes in groupby(tables()["rollout"], key=lambda change: change["municipality"]):
        municipality = Municipality.objects.get(name_fi=name)
        if not municipality.rollout_rows.exists():
            _write_rollout(municipality, list(changes), moderator)
    organisations = {
        key: Organisation.objects.get(name=table["name"], is_demonstration=True)
        for key, table in writing.tables().items()
    }
    for table in tables()["mandate"]:
        giver, receiver = organisations[table["giver"]], organisations[table["receiver"]]
        if not Mandate.objects.filter(giver=giver, receiver=receiver).exists():
            _write_mandate(giver, receiver, table)


def _write_rollout(municipality, changes, moderator):
    """Each change ends the one before it."""
    ends = [day_ahead(change["day"]) - timedelta(days=1) for change in changes[1:]]
    for change, end in zip(changes, [*ends, None], strict=True):
        MunicipalityRollout.objects.create(
            municipality=municipality,
            state=change["state"],
            valid_from=day_ahead(change["day"]),
            valid_until=end,
            note=change["note"],
            by=moderator,
            at=moment_ago(max(NOTICE - change["day"], 1)),
        )


def _write_mandate(giver, receiver, table):
    """Given, and some of them taken back, by the giver's administrator."""
    admin = giver.memberships.admins().order_by("pk").first().user
    at, status = moment_ago(table["given"]), MandateStatus.IN_FORCE
    mandate = Mandate.objects.create(
        giver=giver, receiver=receiver, verbs=table["verbs"], status=status, given_at=at, given_by=admin
    )
    MandateEvent.objects.create(mandate=mandate, by=admin, to_status=status, at=at)
    if "revoked" in table:
        taken = moment_ago(table["revoked"])
        move(mandate, MandateStatus.REVOKED, by=admin, event={"at": taken}, revoked_at=taken, revoked_by=admin)
