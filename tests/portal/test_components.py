"""The parts that every page is built from: what they say to eyes, ears and keyboards."""

import re
from datetime import date, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from jobs.discovery.slots import SaveButton
from portal.forms import ChoiceCards, ThreeBoxDateField
from portal.templatetags import portal_tags


class WishForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="The association answers here.")
    hours = forms.ChoiceField(
        label="Hours", choices=[("20", "20 hours"), ("15", "15 hours")], widget=ChoiceCards(hints={"20": "4 a day"})
    )
    starts = ThreeBoxDateField(label="Start", earliest=date(2026, 11, 1), required=False)
    note = forms.CharField(label="Note", required=False)


def rendered(source, **context):
    loads = "{% load portal_tags %}"
    request = RequestFactory().get("/jobs/", {"q": "keittiö", "page": "4"})
    with translation.override("en"):
        return engines["django"].from_string(loads + source).render(context, request)


def component(name, parameters="", **context):
    return rendered(f'{{% include "components/{name}.html" {parameters} only %}}', **context)


def wishes(**data):
    return WishForm(data or None)


def boxes(day="", month="", year=""):
    return {"starts_day": day, "starts_month": month, "starts_year": year}


def test_field_joins_its_hint_and_error_to_the_control():
    html = component("field", "with field=form.email", form=wishes(email="maija", **boxes()))
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index('id="id_email_error"') < html.index("<input")


def test_field_says_what_is_optional():
    assert "(optional)" in component("field", "with field=form.note", form=wishes())
    assert "(optional)" not in component("field", "with field=form.email", form=wishes())


def test_unit_is_read_with_the_control():
    html = component("field", 'with field=form.email width="s" unit="€"', form=wishes())
    assert 'aria-describedby="id_email_helptext id_email_unit"' in html
    assert "control--s" in html


def test_choices_carry_their_hints_in_the_label():
    html = component("choices", "with field=form.hours", form=wishes())
    assert html.count('type="radio"') == 2
    assert "4 a day</span></label>" in html


def test_each_field_finds_its_component():
    form = wishes()
    components = [portal_tags.component_for(field) for field in form]
    assert components == [
        "components/field.html",
        "components/choices.html",
        "components/date_field.html",
        "components/field.html",
    ]


def test_date_of_a_choice_stands_under_its_choices():
    class DatedForm(WishForm):
        inset_dates = {"hours": "starts"}

    html = component("form_fields", "with form=form", form=DatedForm())
    assert html.index('type="radio"') < html.index('class="date-inset"') < html.index('id="id_starts_day"')
    assert html.count('id="id_starts_day"') == 1


def test_error_summary_links_to_the_first_control_of_each_field():
    html = component("error_summary", "with form=form", form=wishes(email="maija", **boxes("31", "11", "2026")))
    assert "Correct 3 things" in html
    assert 'href="#id_email"' in html
    assert 'href="#id_hours_0"' in html
    assert 'href="#id_starts_day"' in html
    assert "data-portal-errors" in html


def test_error_summary_is_absent_from_a_form_without_errors():
    assert component("error_summary", "with form=form", form=wishes()).strip() == ""


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (("31", "11", "2026"), "November has 30 days. Check the day.", ["day"]),
        (("29", "2", "2027"), "February has 28 days. Check the day.", ["day"]),
        (("7", "13", "2027"), "A year has 12 months. Check the month.", ["month"]),
        (("7", "", "2027"), "The month is missing.", ["month"]),
        (("7", "1", "27"), "Write the year in four numbers. Example: 2026", ["year"]),
        (("31", "10", "2026"), "The date can be 1.11.2026 at the earliest.", ["day", "month", "year"]),
        (("maanantai", "1", "2027"), "Write the date in numbers. Example: 24.12.2026", ["day", "month", "year"]),
    ],
)
def test_date_says_what_is_wrong_and_marks_that_box(typed, message, wrong, time_machine):
    time_machine.move_to("2026-11-24 12:00 +0200")
    form = wishes(**boxes(*typed))
    html = component("date_field", "with field=form.starts", form=form)
    assert message in html
    assert marked_boxes(html) == wrong


def marked_boxes(html):
    return re.findall(r'<input(?=[^>]*aria-invalid="true")[^>]*id="id_starts_(\w+)"', html)


@pytest.mark.parametrize("typed", [("7", "1", "2027"), ("07", "01", "2027"), (" 7. ", "1.", "2027")])
def test_date_is_read_as_people_write_it(typed):
    form = wishes(email="a@example.org", hours="20", **boxes(*typed))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts"] == date(2027, 1, 7)


def test_empty_optional_date_is_no_date():
    form = wishes(email="a@example.org", hours="20", **boxes())
    assert form.is_valid()
    assert form.cleaned_data["starts"] is None


def test_date_keeps_what_was_typed():
    html = component("date_field", "with field=form.starts", form=wishes(**boxes("99", "x", "2026")))
    assert 'value="99"' in html
    assert 'value="x"' in html


def test_pagination_keeps_the_rest_of_the_address():
    page = Paginator(range(200), 20).page(4)
    html = component("pagination", "with page=page", page=page)
    assert "?q=keitti%C3%B6&amp;page=5" in html
    assert 'href="?q=keitti%C3%B6"' in html
    assert 'aria-current="page"' in html
    assert "…" in html


def test_pagination_is_absent_from_one_page():
    assert component("pagination", "with page=page", page=Paginator(range(3), 20).page(1)).strip() == ""


def test_save_button_keeps_a_large_key_whole():
    button = SaveButton("/save/", 12345, is_saved=True)
    html = component("save_button", "with button=button", button=button)
    assert 'value="12345"' in html
    assert 'aria-pressed="true"' in html


def test_long_facet_folds_what_has_no_jobs():
    options = [
        {"value": str(number), "label": f"L{number}", "count": number % 3, "chosen": number == 12}
        for number in range(13)
    ]
    html = component("facet", 'with title="Field" name="ala" options=options', options=options)
    first, rest = html.split("<details open>")
    assert [f"L{number}" in first for number in (1, 2, 4, 5, 7, 8)] == [True] * 6
    assert "L0<" in rest and "L12<" in rest and "checked" in rest


def test_facet_hides_no_count_and_reads_it_as_jobs():
    options = [{"value": "a", "label": "Kitchen", "count": 0, "chosen": False}]
    html = component("facet", 'with title="Field" name="ala" options=options', options=options)
    assert '0<span class="visually-hidden"> jobs</span>' in html


def test_steps_take_texts_and_titled_texts():
    html = component(
        "steps", "with steps=steps", steps=["Read it.", {"title": "Split.", "text": "One task, one slip."}]
    )
    assert "<li>Read it.</li>" in html
    assert "<strong>Split.</strong> One task, one slip." in html


def test_text_from_people_is_escaped():
    html = component("notice", "with title=title", title="<script>alert(1)</script>")
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("20 tuntia", "20\xa0tuntia"),
        ("klo 8–12", "klo\xa08–\N{WORD JOINER}12"),
        ("12,40 €", "12,40\xa0€"),
        ("ma–pe", "ma–\N{WORD JOINER}pe"),
        ("Ylämylly, 16 km", "Ylämylly, 16\xa0km"),
    ],
)
def test_unbroken_keeps_numbers_with_their_units(text, kept):
    assert portal_tags.unbroken(text) == kept


def test_dialled_keeps_digits_and_the_leading_plus():
    assert portal_tags.dialled("+358 13 000 0001") == "+358130000001"
    assert portal_tags.dialled("013 000 0001") == "0130000001"


@pytest.mark.parametrize(
    ("days", "words", "is_soon"),
    [
        (-1, "", False),
        (0, "last day today", True),
        (1, "1\xa0day left", True),
        (7, "7\xa0days left", True),
        (8, "8\xa0days left", False),
    ],
)
def test_days_left_are_said_in_words(days, words, is_soon):
    with translation.override("en"):
        assert portal_tags.days_left(timezone.localdate() + timedelta(days=days)) == words
    assert portal_tags.closes_soon(timezone.localdate() + timedelta(days=days)) is is_soon
