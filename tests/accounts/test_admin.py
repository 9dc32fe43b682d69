"""The Wagtail admin: signing in goes through ours, accounts are made without passwords, no group manages them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db


def test_admin_asks_for_sign_in_through_ours(client):
    ours = f"{reverse('account_login')}?next=/admin/"
    assert client.get("/admin/").url == ours
    assert client.get("/admin/login/?next=/admin/").url == ours


def test_admin_login_takes_no_password(client):
    user = UserFactory(superuser=True, password="yksi vanha hirsiaitta")
    client.post("/admin/login/", {"username": user.email, "password": "yksi vanha hirsiaitta"})
    assert "_auth_user_id" not in client.session


def test_member_at_the_admin_gets_403_and_no_loop(client):
    sign_in(client, UserFactory())
    assert client.get("/admin/", follow=True).status_code == 403


def test_admin_resets_no_passwords(client):
    assert client.get("/admin/password_reset/").status_code in {302, 404}


def test_superuser_makes_an_account_that_can_sign_in(client):
    sign_in(client, UserFactory(superuser=True))
    assert client.get("/admin/users/").status_code == 200
    assert client.get("/admin/users/new/").status_code == 200
    client.post("/admin/users/new/", {"email": "Uusi@Example.org", "name": "Uusi Väki", "language": "fi"})
    user = User.objects.get(email="uusi@example.org")
    assert not user.has_usable_password()
    assert user.emailaddress_set.get().verified
    page = client.get(f"/admin/users/edit/{user.pk}/")
    assert page.status_code == 200
    assert "first_name" not in page.text
    client.post(
        f"/admin/users/edit/{user.pk}/",
        {"email": "toinen@example.org", "name": "Uusi Väki", "language": "sv", "is_active": "on"},
    )
    user.refresh_from_db()
    assert [row.email for row in user.emailaddress_set.all()] == [user.email] == ["toinen@example.org"]


def test_two_accounts_never_share_an_address(client):
    UserFactory(email="aino@example.org")
    sign_in(client, UserFactory(superuser=True))
    answer = client.post("/admin/users/new/", {"email": "AINO@example.org", "name": "Aino", "language": "fi"})
    assert answer.status_code == 200
    assert User.objects.filter(email__iexact="aino@example.org").count() == 1


def test_no_group_manages_users(client):
    """ "Change user" would be as good as superuser: the permission is worth nothing, whoever was given it."""
    group = Group.objects.create(name="everything")
    group.permissions.set(Permission.objects.all())
    user = UserFactory()
    user.groups.add(group)
    sign_in(client, user)
    assert client.get("/admin/").status_code == 200
    for address in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{user.pk}/", "/admin/groups/"):
        assert client.get(address).status_code == 302
    client.post(f"/admin/users/edit/{user.pk}/", {"email": user.email, "name": "x", "is_superuser": "on"})
    client.get(f"/admin/bulk/accounts/user/assign_role/?id={user.pk}")
    user.refresh_from_db()
    assert not user.is_superuser


def test_own_page_of_the_admin_works(client):
    sign_in(client, UserFactory(superuser=True))
    page = client.get("/admin/account/")
    assert page.status_code == 200
    assert "first_name" not in page.text
    assert "avatar-avatar" not in page.text


def test_createsuperuser_makes_a_confirmed_address():
    call_command("createsuperuser", email="paa@example.org", interactive=False, verbosity=0)
    user = User.objects.get(email="paa@example.org")
    assert user.emailaddress_set.get().verified
    assert user.needs_second_factor
