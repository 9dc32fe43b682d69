"""People whom an empty site needs: whoever is named here may sign in at once, with a code by mail."""

from allauth.account.models import EmailAddress

from accounts.models import User


def set_up_person(email, **fields):
    """The account with this address, made if there is none, its address verified. It has no password."""
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, **fields)
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def set_up_superuser(email):
    """The first superuser. A second factor is asked for, and made, at the first sign-in."""
    return set_up_person(email, is_staff=True, is_superuser=True)


def has_superuser():
    return User.objects.filter(is_superuser=True, is_active=True).exists()
