import pytest
from django import forms

from accounts.identity_codes import contains_identity_code, without_identity_codes
from accounts.typed_text import TypedTextForm, without_controls

# 900–999 are numbers of nobody: used in tests only.
CODE = "131052-9107"
MODERN = "010203A9014"


def check_character(digits):
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31]


def code(birth="131052", sign="-", number="910"):
    return f"{birth}{sign}{number}{check_character(birth + number)}"


@pytest.mark.parametrize("sign", [*"-+ABCDEFYXWVU", "–", "−"])
def test_every_century_is_known(sign):
    assert contains_identity_code(f"Tunnus on {code(sign=sign)}.")


@pytest.mark.parametrize(
    "text",
    [
        code().lower(),
        f"({code()})",
        f"tunnus:{code()},",
        f"tunnus_{code()}_",
        code().replace("-", " - "),
        f"rivi\n{code()}\nrivi",
    ],
)
def test_a_code_is_found_in_its_surroundings(text):
    assert contains_identity_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Puhelin 013 000 0001",
        "0280113-5",
        code()[:-1] + ("0" if code()[-1] != "0" else "1"),
        "320152-9107",
        f"1{code()}",
        f"{code()}1",
    ],
)
def test_other_numbers_pass(text):
    assert not contains_identity_code(text)


def test_codes_are_taken_out_and_the_rest_stays():
    text = f"Olen Maija, {code()} ja {code(sign='A')}, hei!"
    assert without_identity_codes(text) == "Olen Maija,  ja , hei!"


class LetterForm(TypedTextForm, forms.Form):
    name = forms.CharField(required=False)
    text = forms.CharField(widget=forms.Textarea, required=False)


def test_form_refuses_a_code_without_repeating_it():
    form = LetterForm({"name": "Maija", "text": f"Tunnukseni on {code()}, kiitos."})
    assert not form.is_valid()
    assert list(form.errors) == ["text"]
    page = str(form)
    assert code() not in page
    assert "Tunnukseni on , kiitos." in page


def test_form_with_nothing_but_a_code_is_refused():
    form = LetterForm({"name": code()})
    assert not form.is_valid()
    assert code() not in str(form)


def test_form_drops_what_breaks_databases_and_directions():
    form = LetterForm({"name": "Mai\0ja", "text": "yksi\u202e kaksi\r\nrivi\t3 🙂 مرحبا"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Maija", "text": "yksi kaksi\r\nrivi\t3 🙂 مرحبا"}


def test_controls():
    assert without_controls("a\x00\x07\u2066b\x7f") == "ab"
