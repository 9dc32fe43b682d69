"""What a person answers when an organisation registers."""

from tests.organisations.factories import ActivityFieldFactory, MunicipalityFactory


def seen_on(client, address):
    """The version that a page carries."""
    return client.get(address).context["form"]["seen"].value()


def answers(**changed):
    return {
        "kind": "ASSOCIATION",
        "name": "Kuvitelman ruokatupa ry",
        "business_id": "0280113-5",
        "association_register_no": "123.456",
        "activity_fields": [ActivityFieldFactory().pk],
        "municipality": MunicipalityFactory().pk,
        "contact_name": "Maija Malli",
        "contact_email": "tyo@ruokatupa.example",
        **changed,
    }
