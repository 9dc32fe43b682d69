from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import get_language

from portal import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mail goes through the outbox like all mail, and never inside the request."""

    def send_mail(self, template_prefix, email, context):
        user = context.get("user")
        message = self.render_mail(template_prefix, email, context)
        language = getattr(user, "language", None) or get_language() or "fi"
        outbox.post_text(email, message.subject, message.body, language=language)

    def save_user(self, request, user, form, commit=True):
        user.language = get_language() or "fi"
        return super().save_user(request, user, form, commit=commit)
