import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Site, Workflow

from accounts.models import User
from guides.models import GuideIndexPage, SecondReaderTask
from organisations.models import ActivityField, Municipality, TaskField
from portal.models import AccessibilityStatementPage, HomePage, PortalSettings

pytestmark = pytest.mark.django_db
COUNTED = [Page, Locale, Site, Workflow, Group, Municipality, ActivityField, TaskField, SecondReaderTask, EmailAddress]


def set_up(**options):
    call_command("setup_site", interactive=False, verbosity=0, **options)


def test_setup_site_makes_the_page_tree_in_every_language():
    set_up()
    homes = {page.locale.language_code: page for page in HomePage.objects.order_by("path")}
    assert list(homes) == ["fi", "sv", "en"]
    assert len({page.translation_key for page in homes.values()}) == 1
    assert Site.objects.get().root_page.specific == homes["fi"]
    titles = {code: {page.title for page in home.get_children()} for code, home in homes.items()}
    assert {len(children) for children in titles.values()} == {5}
    assert "Tillgänglighetsutlåtande" in titles["sv"]
    assert [page.show_in_menus for page in GuideIndexPage.objects.order_by("path")] == [True, True, True]
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_setup_site_says_what_staff_must_fill_in():
    set_up()
    statement = AccessibilityStatementPage.objects.get(locale__language_code="fi")
    assert "Täydennä" in statement.shortcomings
    assert statement.statement_date is None
    assert "14\u00a0päivän" in statement.feedback_contact
    assert PortalSettings.objects.get().funding_statement_sv == "Medfinansieras av Europeiska unionen"


def test_setup_site_makes_the_vocabularies():
    set_up()
    assert Municipality.objects.count() == 13
    assert Municipality.objects.get(code="090").name_fi == "Heinävesi"
    assert Municipality.objects.get(name_fi="Kitee").name_sv == "Kides"
    fields = TaskField.objects.order_by("position")
    assert len(fields) == 10
    assert {code for field in fields for code in field.isco_codes.split() if len(code) != 4} == set()


def test_setup_site_makes_groups_that_manage_no_users():
    set_up()
    groups = Group.objects.order_by("name")
    assert [group.name for group in groups] == ["Moderaattorit", "Toimittajat"]
    granted = Permission.objects.filter(group__in=groups)
    assert not granted.filter(content_type__app_label__in=["accounts", "auth", "wagtailusers"]).exists()
    moderators = groups[0].permissions.values_list("codename", flat=True)
    assert {"moderate_jobposting", "verify_organisation"} <= set(moderators)


def test_setup_site_again_changes_nothing():
    set_up(email="first@example.org")
    before = {model: model.objects.count() for model in COUNTED}
    home = HomePage.objects.get(locale__language_code="fi")
    home.question = "Mitä teet huomenna?"
    home.save()
    TaskField.objects.filter(code="garden").update(name_fi="Pihat")
    set_up(email="first@example.org")
    assert {model: model.objects.count() for model in COUNTED} == before
    assert HomePage.objects.get(pk=home.pk).question == "Mitä teet huomenna?"
    assert TaskField.objects.get(code="garden").name_fi == "Pihat"


def test_setup_site_makes_the_first_superuser():
    set_up(email="First@Example.org")
    user = User.objects.get()
    assert (user.email, user.is_superuser, user.has_usable_password()) == ("first@example.org", True, False)
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize("email", ["not an address", "member@example.org"])
def test_setup_site_refuses_a_wrong_superuser(email):
    User.objects.create_user("member@example.org")
    with pytest.raises(CommandError):
        set_up(email=email)
    assert not User.objects.filter(is_superuser=True).exists()
