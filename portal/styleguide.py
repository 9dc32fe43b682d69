"""What the style guide shows: one specimen of every part, in the portal's own Finnish voice, invented throughout."""

import re
from datetime import date
from pathlib import Path

from django import forms
from django.core.paginator import Paginator

from portal.blocks import ContentBlock
from portal.forms import ChoiceCards, ChoiceCardsMultiple, ThreeBoxDateField
from portal.furniture.edits import Difference
from portal.furniture.links import qr_svg

COLOURS = [
    ("paper", "pohja"),
    ("surface", "pinta"),
    ("moss", "rauhallinen pinta"),
    ("line", "viiva"),
    ("edge", "kentän reuna"),
    ("ink", "teksti"),
    ("muted", "sivuteksti"),
    ("forest", "toiminto"),
    ("lake", "linkki"),
    ("berry", "virhe, viime päivät, koriste"),
    ("berry-soft", "virheen pinta"),
    ("sun", "kohdistus"),
    ("sun-soft", "varoituksen pinta"),
]
SIGNS = [
    ("kitchen", "Keittiö ja ruoka"),
    ("garden", "Piha ja puutarha"),
    ("market", "Kirpputori ja myynti"),
    ("house", "Siivous ja kiinteistöt"),
    ("people", "Ohjaus ja tuki"),
    ("office", "Toimisto ja viestintä"),
    ("craft", "Kierrätys ja kädentaidot"),
    ("transport", "Kuljetus ja varasto"),
    ("digital", "Digituki"),
    ("culture", "Kulttuuri ja tapahtumat"),
]
ICONS = re.findall(r'id="(\w+)"', (Path(__file__).parent / "static/portal/svg/icons.svg").read_text("utf-8"))
EMAIL_ERROR = "Sähköpostiosoitteesta puuttuu @-merkki. Esimerkki: nimi@esimerkki.fi."


class SpecimenForm(forms.Form):
    name = forms.CharField(label="Nimi")
    email = forms.EmailField(
        label="Sähköposti", help_text="Yhdistys vastaa tähän osoitteeseen.", error_messages={"invalid": EMAIL_ERROR}
    )
    municipality = forms.ChoiceField(label="Kunta", choices=[("167", "Joensuu"), ("707", "Rääkkylä")])
    message = forms.CharField(label="Viesti", required=False, widget=forms.Textarea({"rows": 4}))
    pay = forms.CharField(label="Palkka tunnissa", widget=forms.TextInput({"inputmode": "decimal"}))
    starts = ThreeBoxDateField(label="Milloin voit aloittaa?", help_text="Esimerkiksi 7. 1. 2027")
    hours = forms.ChoiceField(
        label="Montako tuntia viikossa sopii sinulle?",
        choices=[("20", "20 tuntia"), ("15", "15 tuntia"), ("unsure", "En tiedä vielä")],
        widget=ChoiceCards(hints={"20": "Noin 4 tuntia päivässä", "unsure": "Voimme sopia tunneista yhdessä"}),
    )
    tasks = forms.MultipleChoiceField(
        label="Mitä teet mielelläsi?",
        help_text="Voit valita monta.",
        choices=[("1", "Kasvikset ja salaatit"), ("2", "Astioiden pesu"), ("3", "Ruoan tarjoaminen")],
        required=False,
        widget=ChoiceCardsMultiple,
    )
    agrees = forms.BooleanField(label="Minulle saa lähettää tekstiviestin", required=False)


class SpecimenSearchForm(forms.Form):
    text = forms.CharField(label="Työ tai ala", help_text="Esimerkiksi keittiö tai piha", required=False)
    municipality = forms.ChoiceField(
        label="Kunta",
        help_text="Missä haluat tehdä työtä?",
        choices=[("", "Koko Pohjois-Karjala"), ("167", "Joensuu"), ("422", "Lieksa")],
        required=False,
    )


def specimens():
    """The context of the style guide's template."""
    return {
        "colours": COLOURS,
        "signs": SIGNS,
        "icons": ICONS,
        "empty_form": SpecimenForm(prefix="empty", initial={"starts": date(2027, 1, 7), "tasks": ["1"]}),
        "wrong_form": _wrong_form(),
        "search_form": SpecimenSearchForm(prefix="search"),
        "blocks": _block_previews(),
        "facts": _facts(),
        "save_buttons": [
            {"action": "#buttons", "value": 1, "title": "Keittiöapulainen", "language": "fi", "is_on_card": True},
            {"action": "#buttons", "value": 2, "is_saved": True, "word": "Tallenna työ"},
        ],
        "page": Paginator(range(200), 20).page(4),
        "conflicts": [
            Difference("title", "Työn nimi", "Kahvilan apulainen", "Kahvilatyöntekijä"),
            Difference("hours", "Työaika", "20 tuntia viikossa", ""),
        ],
        "link_picture": qr_svg("https://example.org/", label="Esimerkkiosoite"),
        **_words(),
        **_pieces(),
        **_lists(),
        **_measures(),
        **_tables(),
    }


def _wrong_form():
    typed = {
        "wrong-name": "Maija Malli",
        "wrong-email": "nimi.esimerkki.fi",
        "wrong-municipality": "167",
        "wrong-pay": "12,40",
        "wrong-starts_day": "31",
        "wrong-starts_month": "11",
        "wrong-starts_year": "2026",
        "wrong-tasks": ["1", "2"],
    }
    return SpecimenForm(typed, prefix="wrong")


def _block_previews():
    """Every block that editors may use, shown with its own preview."""
    return [
        {"label": block.label, "html": block.render(block.normalize(block.get_preview_value()))}
        for block in ContentBlock().child_blocks.values()
    ]


def _facts():
    return [
        {"icon": "place", "word": "Paikka", "value": "Joensuu, keskusta, 1,2 km", "word_hidden": True},
        {"icon": "clock", "word": "Työaika", "value": "20 tuntia viikossa, ma–pe klo 8–12", "word_hidden": True},
        {"icon": "calendar", "word": "Alkaa", "value": "7.1.2027"},
        {
            "icon": "hourglass",
            "word": "Hae viimeistään",
            "value": "26.11.2026",
            "detail": "2 päivää jäljellä",
            "urgent": True,
        },
    ]


def _words():
    """Texts too long for the template's own lines."""
    notices = [
        ("Tämä on arvio, ei päätös.", "Hae palkkatukea ennen kuin työ alkaa.", "warning", "", ""),
        ("Viestiä ei voitu lähettää.", "Teksti on tallessa. Yritä hetken päästä uudelleen.", "error", "", ""),
        ("Verkkoyhteys puuttuu.", "Haku toimii, kun yhteys palaa.", "plain", "#notices", "Näytä tallennetut työt"),
    ]
    explanations = [
        ("Mitä palkkatuki tarkoittaa?", "Palkkatuki on rahaa, jonka työllisyysalue maksaa työnantajalle.", False),
        ("Avoin selitys", "Selitys avautuu samaan paikkaan. Se ei peitä mitään.", True),
    ]
    return {
        "notices": [dict(zip(("title", "text", "tone", "url", "link"), notice, strict=True)) for notice in notices],
        "explanations": [dict(zip(("word", "text", "open"), explanation, strict=True)) for explanation in explanations],
        "panels": [
            {
                "title": "Kysy meiltä",
                "text": "Autamme muotoilemaan ensimmäisen työn. Se on yhdistyksille maksutonta.",
                "url": "#panels",
                "link_text": "Kysy ajankohtaa",
                "line": False,
            },
            {
                "title": "Hae työtä",
                "text": "Hakuaika päättyy 9.12.2026 klo 23.59.",
                "url": "",
                "link_text": "",
                "line": True,
            },
        ],
    }


def _pieces():
    """One of each: what a part takes as one object, or by its names."""
    return {
        "listed": [
            {
                "title": "Kuvitelman ruokatupa ry",
                "sign": "kitchen",
                "text": "Joensuu, keittiö ja ruoka",
                "end": "2 avointa työtä",
            },
            {
                "title": "Opas: Monimuotoinen työyhteisö",
                "sign": "craft",
                "text": "Viisi osaa, 25 minuuttia",
                "end": "Osa 2/5 luettu",
            },
        ],
        "guide": {
            "title": "Monimuotoinen työyhteisö",
            "subtitle": "Opas työnantajalle, 25 minuuttia",
            "label": "Oppaan osat, esimerkki",
            "parts": [
                {"title": "Miksi monimuotoisuus kannattaa", "url": "#"},
                {"title": "Muotoile työ ihmiselle", "url": "#", "current": True},
                {"title": "Kerro työstä selkeästi", "url": "#"},
            ],
        },
        "nothing": {
            "title": "Emme löytäneet töitä haulla ”trukki” Rääkkylästä",
            "text": "Naapurikunnissa on 2 työtä.",
            "link_text": "Näytä työt naapurikunnista",
        },
        "dialog": {
            "id": "specimen-dialog",
            "title": "Poistetaanko ilmoitus?",
            "text": "Ilmoitus ”Kahvilan apulainen” poistuu heti. Neljä hakijaa saa viestin.",
            "action": "#dialog-opener",
            "submit": "Poista ilmoitus",
        },
    }


def _lists():
    return {
        "chips": [{"text": "Joensuu + 50 km", "url": "#"}, {"text": "Osa-aikatyö", "url": "#"}],
        "crumbs": [{"title": "Yhdistykset", "url": "#"}],
        "tabs": [{"text": "Luettelo", "url": "#", "current": True}, {"text": "Kunnat", "url": "#"}],
        "progress_steps": [
            {"text": "Yhteystieto", "url": "#", "state": "done"},
            {"text": "Mitä osaat ja toivot", "state": "current"},
            {"text": "Tarkista ja lähetä", "state": "next"},
        ],
        "plain_steps": ["Yhdistys lukee hakemuksesi.", "Yhdistys ottaa sinuun yhteyttä.", "Sovitte tapaamisesta."],
        "events": [
            {"title": "Ilmoitus julkaistiin", "text": "23.11.2026 klo 9.12"},
            {"title": "Ensimmäinen hakemus saapui", "text": "24.11.2026 klo 8.40"},
            {"title": "Hakuaika päättyy", "text": "9.12.2026 klo 23.59", "next": True},
        ],
        "checklist": ["Jokaisella päivällä on työpari.", "Tiedämme, mistä tehtävistä voi luopua."],
        "facet_options": [
            {"value": "kitchen", "label": "Keittiö ja ruoka", "count": 9, "chosen": True},
            {"value": "garden", "label": "Piha ja puutarha", "count": 1, "chosen": False},
        ],
    }


def _measures():
    return {
        "demands": [
            {"name": "Taso 0", "level": 0, "word": "Ei lainkaan"},
            {"name": "Taso 1", "level": 1, "word": "Jonkin verran", "note": "Enintään 8 kiloa. Työpari auttaa."},
            {"name": "Taso 2", "level": 2, "word": "Paljon", "note": "Voit myös istua.", "adaptable": True},
        ],
        "tasks": [
            {"name": "Kasvikset ja salaatit", "percent": 50, "words": "noin puolet viikosta", "is_core": True},
            {"name": "Astioiden pesu", "percent": 25, "words": "noin neljäsosa viikosta", "is_core": True},
            {"name": "Keittiön siivous", "percent": 10, "words": "noin 2 tuntia viikossa", "is_core": False},
        ],
        "stats": [
            {"number": 47, "label": "avointa työtä nyt", "comparison": "vuosi sitten 31"},
            {"number": 3, "label": "päivää ensimmäiseen vastaukseen", "comparison": "tavoite 3"},
            {"number": "–", "label": "ei näytetä, alle 5 ihmistä", "comparison": "luku suojataan"},
        ],
    }


def _tables():
    def row(title, status, days, count, action):
        tone = {"Luonnos": "plain", "Odottaa täydennystä": "waiting"}.get(status, "")
        return {
            "title": title,
            "url": "#",
            "cells": [
                {"label": "Tila", "tag": status, "tone": tone},
                {"label": "Hakuaikaa", "text": days, "urgent": days == "6 päivää"},
                {"label": "Hakemuksia", "text": count, "kind": "is-number"},
                {"text": action, "url": "#", "about": title, "kind": "is-action"},
            ],
        }

    return {
        "columns": [
            {"title": "Työtehtävä"},
            {"title": "Tila"},
            {"title": "Hakuaikaa"},
            {"title": "Hakemuksia", "number": True},
            {"title": "Toiminto", "hidden": True},
        ],
        "rows": [
            row("Keittiöapulainen lounastupaan", "Avoinna", "15 päivää", 4, "Muokkaa"),
            row("Iltavahtimestari", "Avoinna", "6 päivää", 1, "Vahvista"),
            row("Siivousapulainen", "Odottaa täydennystä", "–", 0, "Täydennä"),
            row("Kahvilan apulainen", "Luonnos", "–", 0, "Jatka"),
        ],
    }
