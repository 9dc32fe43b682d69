"""The forms of signing in and of one's own account: the account library's logic with our words."""

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.actions import use_app_code
from accounts.names import refuse_addresses
from accounts.typed_text import TypedTextForm

User = get_user_model()

# Sentences of Django and of the account library that show on our pages: named here, so that our catalogue says them.
OTHERS_WORDS = (
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("This password is entirely numeric."),
    gettext_noop("This password is too common."),
    gettext_noop("You must type the same password each time."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
PASSWORD_HELP = _("At least 15 characters. Several words in a row are easy to remember.")


class OurWords:
    """Gives the library's fields our labels and hints, and takes away their placeholders."""

    labels: dict = {}
    hints: dict = {}
    missing: dict = {"email": _("Write your e-mail address."), "login": _("Write your e-mail address.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in self.missing:
                field.error_messages["required"] = self.missing[name]


class SixDigits(OurWords):
    labels = {"code": _("Code")}
    missing = {"code": _("Write the six digits of the code.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20}

    def clean_code(self):
        # People copy the code with the spaces that a mail program puts around or into it.
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()


class SignInForm(OurWords, account_forms.LoginForm):
    """An address alone asks for a one-time code; with a password there is no mail."""

    labels = {"login": _("E-mail"), "password": _("Password")}

    def _setup_password_field(self):
        self.fields["password"].required = False

    @property
    def takes_password(self):
        """Whether a password is looked at: not after too many wrong ones, and then a code by mail is the way."""
        return not self.has_error(NON_FIELD_ERRORS, "too_many_passwords")


class SignUpForm(TypedTextForm, OurWords, account_forms.SignupForm):
    labels = {"email": _("E-mail"), "name": _("Your name")}
    hints = {
        "email": _("We send a code to this address. Choose one that you read yourself."),
        "name": _("First name and last name. The other members of your association see it."),
    }
    missing = OurWords.missing | {"name": _("Write your name.")}
    field_order = ["name", "email"]
    name = forms.CharField(
        max_length=100, validators=[refuse_addresses], widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class RequestCodeForm(OurWords, account_forms.RequestLoginCodeForm):
    labels = {"email": _("E-mail")}


class ConfirmSignInCodeForm(SixDigits, account_forms.ConfirmLoginCodeForm):
    pass


class ConfirmEmailCodeForm(SixDigits, account_forms.ConfirmEmailVerificationCodeForm):
    pass


class ChangeEmailForm(OurWords, account_forms.AddEmailForm):
    labels = {"email": _("New e-mail")}
    hints = {"email": _("We send a code to the new address. The old one holds until you have written the code.")}


class ChangePasswordForm(OurWords, account_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": PASSWORD_HELP}

    def clean_oldpassword(self):
        """Asks as signing in does, where tries are counted."""
        password = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class SetPasswordForm(OurWords, account_forms.SetPasswordForm):
    labels = {"password1": _("Password"), "password2": _("Password again")}
    hints = {"password1": PASSWORD_HELP}


class ReauthenticateForm(OurWords, account_forms.ReauthenticateForm):
    labels = {"password": _("Password")}


class CodeOfAppOnce(SixDigits):
    """Six digits of the app work once."""

    hints = {"code": _("Six digits from the app, or one of your recovery codes.")}

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not use_app_code(self.authenticator, code):
            raise get_factor_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodeOfAppOnce, factor_forms.AuthenticateForm):
    pass


class ReauthenticateByFactorForm(CodeOfAppOnce, factor_forms.ReauthenticateForm):
    pass


class ActivateAppForm(SixDigits, ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
    hints = {"code": _("Six digits that the app shows now.")}


class AddPasskeyForm(TypedTextForm, OurWords, AddWebAuthnForm):
    labels = {"name": _("Name of the passkey"), "passwordless": _("Sign in with this passkey alone")}
    hints = {
        "name": _("For you, to tell passkeys apart: phone, computer, key."),
        "passwordless": _("No code from mail is needed. The device asks for your finger, face or PIN."),
    }


class RenamePasskeyForm(TypedTextForm, OurWords, EditWebAuthnForm):
    labels = {"name": _("Name of the passkey")}


class IdentityCodeForm(forms.Form):
    """The code that proves a person who has neither a password nor a factor."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class ProfileForm(TypedTextForm, forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Your name"), "language": _("Language of mails")}
        help_texts = {"name": _("The other members of your association see it.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "language": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class StaffUserForm(TypedTextForm):
    """An account as superusers make it in the Wagtail admin: its address counts as confirmed."""

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is an account with this address."))
        return email

    def save(self, commit=True):
        user = super().save(commit=False)
        if not user.password:
            user.set_unusable_password()
        if commit:
            user.save()
            user.trust_email()
            self.save_m2m()
        return user


class StaffUserCreationForm(StaffUserForm, UserCreationForm):
    first_name = last_name = None

    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "language", "is_superuser", "groups"]


class StaffUserEditForm(StaffUserForm, UserEditForm):
    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        fields = ["email", "name", "language", "is_active", "is_superuser", "groups"]
