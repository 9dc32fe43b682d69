"""Names are mailed to others: one that is an address or a link in disguise is refused with kind words."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from accounts.names import refuse_addresses

LINKS = [
    "Voita palkinto http://huijaus.example",
    "Katso www.huijaus.example",
    "huijaus.fi",
    "Kirjaudu: huijaus.com/pankki ry",
    "Kuvitelma.zone ry",
    "Kuvitelma.zone. ry",
    "Kuvitelma\uff0efi",
    "tyo@huijaus",
    "HTTPS://X",
]
NAMES = [
    "Kuvitelman yhdistys ry",
    "Mallilan ev.lut. seurakunta",
    "Esimerkin sos.dem. yhdistys ry",
    "4H-yhdistys Kuvitelma r.y.",
    "J. R. Esimerkki",
    "Kuvitelma & Malli, 2. osasto",
    "Åsa Ö. Öberg-O'Neil",
    "محمد",
]


@pytest.mark.parametrize("name", LINKS)
def test_an_address_or_a_link_is_no_name(name):
    with pytest.raises(ValidationError):
        refuse_addresses(name)


@pytest.mark.parametrize("name", NAMES)
def test_names_with_dots_stay_names(name):
    refuse_addresses(name)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_refusal_is_said_in_the_readers_language(language):
    with translation.override(language):
        with pytest.raises(ValidationError) as refused:
            refuse_addresses("huijaus.fi")
        (words,) = refused.value.messages
    assert {"fi": "nimeen", "sv": "namn", "en": "name"}[language] in words.lower()


@pytest.mark.django_db
def test_who_signs_up_has_no_link_for_a_name(client):
    page = client.post(reverse("account_signup"), {"name": "Voitit! huijaus.fi", "email": "uusi@esimerkki.fi"})
    assert page.context["form"].has_error("name")
    assert not User.objects.exists()
