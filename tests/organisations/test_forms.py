import pytest

from organisations.forms.details import DetailsForm, OrganisationForm
from organisations.forms.directory import DirectoryForm
from tests.accounts.test_typed_text import code
from tests.organisations.answers import answers
from tests.organisations.factories import ActivityFieldFactory, MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0280113-5", "0280113-5"),
        (" 0280113-5 ", "0280113-5"),
        ("02801135", "0280113-5"),
        ("280113-5", "0280113-5"),
        ("0280113–5", "0280113-5"),
        ("FI02801135", "0280113-5"),
        ("FI 0280113-5", "0280113-5"),
    ],
)
def test_business_id_is_normalised(typed, kept):
    form = OrganisationForm(answers(business_id=typed))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["business_id"] == kept


@pytest.mark.parametrize("typed", ["0280113-4", "1234567-8", "12345", "hello", "🙂", "0280113-5-5", "<b>1</b>"])
def test_wrong_business_id_gets_a_sentence_and_stays(typed):
    form = OrganisationForm(answers(business_id=typed))
    assert list(form.errors) == ["business_id"]
    assert form["business_id"].value() == typed


@pytest.mark.parametrize(
    ("typed", "kept"), [("123.456", "123.456"), ("123456", "123.456"), ("12 345", "12.345"), ("012345", "12.345")]
)
def test_register_number_is_normalised(typed, kept):
    form = OrganisationForm(answers(association_register_no=typed))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["association_register_no"] == kept


@pytest.mark.parametrize("typed", ["1234567", "abc", "000.000"])
def test_wrong_register_number_is_refused(typed):
    assert "association_register_no" in OrganisationForm(answers(association_register_no=typed)).errors


def test_one_number_is_enough():
    assert OrganisationForm(answers(business_id="")).is_valid()
    assert OrganisationForm(answers(association_register_no="")).is_valid()


def test_some_number_is_needed_unless_the_kind_is_other():
    none = {"business_id": "", "association_register_no": ""}
    assert list(OrganisationForm(answers(**none)).errors) == ["business_id"]
    assert OrganisationForm(answers(**none, kind="OTHER")).is_valid()


@pytest.mark.parametrize("name", ["business_id", "association_register_no"])
def test_a_number_that_is_here_already(name):
    OrganisationFactory(business_id="0280113-5", association_register_no="123.456")
    form = OrganisationForm(answers(**{"business_id": "", "association_register_no": "", name: answers()[name]}))
    assert list(form.errors) == [name]
    assert form.taken_number == {name: answers()[name]}


def test_a_number_of_a_closed_organisation_leads_to_the_help_line():
    OrganisationFactory(business_id="0280113-5", closed=True)
    form = OrganisationForm(answers())
    assert list(form.errors) == ["business_id"]
    assert not form.taken_number


def test_own_number_is_not_somebody_elses():
    organisation = OrganisationFactory(business_id="0280113-5")
    assert DetailsForm(answers(), instance=organisation).is_valid()


@pytest.mark.parametrize("name", ["name", "contact_name", "description", "easy_description", "street_address"])
def test_identity_code_is_refused_everywhere_and_not_repeated(name):
    form = OrganisationForm(answers(**{name: f"Maija {code()}"}))
    assert list(form.errors) == [name]
    assert code() not in form.as_p()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("name", " \u200b "),
        ("name", "x" * 121),
        ("postal_code", "8010"),
        ("postal_code", "８０１００"),
        ("contact_phone", "soita"),
        ("contact_email", "maija(at)example"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.fi"),
        ("kind", "PRIVATE"),
        ("municipality", "999"),
        ("municipality", "\0"),
        ("activity_fields", ["0"]),
        ("activity_fields", ["x\0"]),
        ("activity_fields", []),
    ],
)
def test_what_cannot_be_is_refused(name, typed):
    assert name in OrganisationForm(answers(**{name: typed})).errors


def test_an_address_without_scheme_is_completed():
    form = OrganisationForm(answers(website="ruokatupa.example"))
    assert form.is_valid()
    assert form.cleaned_data["website"] == "https://ruokatupa.example"


def test_names_keep_their_letters():
    form = OrganisationForm(answers(name="  Äänekäs <b>Ötökkä</b>  🙂 ry جمعية\u202e\0 "))
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Äänekäs <b>Ötökkä</b> 🙂 ry جمعية"


def test_a_form_shows_what_was_typed():
    typed = answers(business_id="0280113-4", description="Pitkä kuvaus")
    form = OrganisationForm(typed)
    assert all(form[name].value() == value for name, value in typed.items())


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30])
def test_a_field_of_activity_that_cannot_be_is_a_mistake_told(number):
    form = OrganisationForm(answers(activity_fields=[number]))
    assert list(form.errors) == ["activity_fields"]


def test_unknown_limits_of_the_directory_count_for_nothing(rf):
    request = rf.get("/", {"ala": ["food", "<b>", "\x01"], "kunta": ["167", "x"]})
    form = DirectoryForm(request.GET, activity_fields=[ActivityFieldFactory()], municipalities=[MunicipalityFactory()])
    assert form.is_valid()
    assert form.cleaned_data == {"ala": ["food"], "kunta": ["167"]}
    assert form.has_unknown
