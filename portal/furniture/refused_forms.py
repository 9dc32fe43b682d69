"""A form that was refused is answered by a redirect, and shown with its errors by the page that follows: Back works.

What was typed lies in the session meanwhile, and no longer than until it is shown once.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm, FileField, PasswordInput
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict

SESSION_KEY = "refused_forms"
MOST_BYTES = 50_000
MOST_FORMS = 3  # those kept last; an older page was left
Form = TypeVar("Form", bound=BaseForm)


def keep(request: HttpRequest, name: str, form: BaseForm) -> bool:
    """Keeps a refused form for the page that follows; False if it is too long, and then nothing is kept.

    Files, passwords, codes and the secrets of the page never enter the session.
    """
    errors = form.errors.get_json_data()  # first of all: cleaning may take something out of what was typed
    secret = {form.add_prefix(field) for field in form.fields if _is_secret(form.fields[field])}
    data = form.data if isinstance(form.data, QueryDict) else _as_query(form.data)
    typed = {key: values for key, values in data.lists() if key not in secret and key != "csrfmiddlewaretoken"}
    refused = {"typed": typed, "errors": errors}
    if len(json.dumps(refused, ensure_ascii=False).encode()) > MOST_BYTES:
        return False
    others = {key: value for key, value in request.session.get(SESSION_KEY, {}).items() if key != name}
    request.session[SESSION_KEY] = dict([*others.items(), (name, refused)][-MOST_FORMS:])
    return True


def kept(request: HttpRequest, name: str, make: Callable[[QueryDict], Form]) -> Form | None:
    """The form as it was refused, with its errors, the first time it is asked for; then None.

    `make(data)` binds the form; it is not read again, so that what could not be kept is not missed.
    """
    forms = request.session.get(SESSION_KEY, {})
    if name not in forms:
        return None
    refused = forms[name]
    request.session[SESSION_KEY] = {key: value for key, value in forms.items() if key != name}
    data = QueryDict(mutable=True)
    for key, values in refused["typed"].items():
        data.setlist(key, values)
    form = make(data)
    form.cleaned_data = {}
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    for field, errors in refused["errors"].items():
        for error in errors:
            form.add_error(
                field if field in form.fields else None,
                ValidationError(error["message"], code=error["code"] or None),
            )
    return form


def _is_secret(field: Any) -> bool:
    is_code = field.widget.attrs.get("autocomplete") == "one-time-code"
    return is_code or isinstance(field, FileField) or isinstance(field.widget, PasswordInput)


def _as_query(data: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(data)
    return query
