import pytest

from tests.accounts.factories import UserFactory, sign_in


@pytest.fixture
def admin_page(client, db):
    sign_in(client, UserFactory(superuser=True, language="fi"))
    return client.get("/admin/").content.decode()


def test_admin_bears_the_site_s_name(admin_page):
    assert "- Järjestötyö</title>" in admin_page
    assert "portal/css/admin.css" in admin_page
    assert "portal/svg/admin-mark.svg" in admin_page


def test_admin_leads_to_no_other_site(admin_page):
    assert "wagtail.org" not in admin_page


def test_menu_speaks_plain_finnish(admin_page):
    assert "Luettelot" in admin_page
    assert "Pätkät" not in admin_page
