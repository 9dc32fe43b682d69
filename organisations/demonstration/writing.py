"""Writes the demonstration associations from organisations.toml."""

from pathlib import Path

from organisations.actions.capability import FIELDS as CAPABILITY_OF
from organisations.enums import OrganisationStatus
from organisations.models import ActivityField, Municipality, Organisation, OrganisationEvent
from portal.site.dates import moment_ago
from portal.site.writing import paragraphs, read

SOURCE = Path(__file__).parent / "organisations.toml"
# How an organisation came to the state it is in.
HISTORY = {
    OrganisationStatus.PENDING: [OrganisationStatus.PENDING],
    OrganisationStatus.VERIFIED: [OrganisationStatus.PENDING, OrganisationStatus.VERIFIED],
    OrganisationStatus.PAUSED: [OrganisationStatus.PENDING, OrganisationStatus.VERIFIED, OrganisationStatus.PAUSED],
    OrganisationStatus.CLOSED: [OrganisationStatus.PENDING, OrganisationStatus.VERIFIED, OrganisationStatus.CLOSED],
}
# Staff give coaching and the like some days after an organisation has come.
GIVEN_AFTER = 5
FROM_TABLE = ["name", "contact_name", "contact_email", "contact_phone", "street_address", "postal_code", "post_office"]


def tables():
    """The associations by their keys, as written in the file."""
    return read(SOURCE)


def write():
    """Makes the associations that are missing."""
    municipalities = {municipality.name_fi: municipality for municipality in Municipality.objects.order_by("code")}
    for table in tables().values():
        if not Organisation.objects.filter(name=table["name"], is_demonstration=True).exists():
            _write_organisation(table, municipalities)


def _write_organisation(table, municipalities):
    status = OrganisationStatus(table.get("status", "VERIFIED"))
    registered = table.get("registered", 200)
    given = dict.fromkeys(table.get("gives", []), True)
    if "represents" in table:
        given["represents"] = municipalities[table["represents"]]
    organisation = Organisation.objects.create(
        status=status,
        kind=table.get("kind", "ASSOCIATION"),
        municipality=municipalities[table["municipality"]],
        association_register_no=table.get("register_no", ""),
        business_id=table.get("business_id", ""),
        website=table.get("website", ""),
        description=paragraphs(table["description"]),
        easy_description=paragraphs(table["easy"]),
        is_demonstration=True,
        created_at=moment_ago(registered),
        **{name: table.get(name, "") for name in FROM_TABLE},
        **given,
    )
    organisation.activity_fields.set(ActivityField.objects.filter(code__in=table["activities"]))
    _write_events(organisation, table)
    for name, value in given.items():
        OrganisationEvent.objects.create(
            organisation=organisation,
            capability=CAPABILITY_OF[name],
            is_given=True,
            note=str(value) if name == "represents" else "",
            at=moment_ago(registered - GIVEN_AFTER, hour=11),
        )


def _write_events(organisation, table):
    status, registered = organisation.status, table.get("registered", 200)
    before = ""
    for number, state in enumerate(HISTORY[status]):
        OrganisationEvent.objects.create(
            organisation=organisation,
            from_status=before,
            to_status=state,
            note=table.get("reason", "") if state == status and number > 1 else "",
            at=moment_ago(registered - number * table.get("pace", 2), hour=10),
        )
        before = state
