"""What was typed and refused is on the page that follows, once; the session holds nothing secret or endless."""

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from accounts.typed_text import TypedTextForm
from portal.furniture.refused_forms import MOST_FORMS, SESSION_KEY, keep, kept

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.raw_pages]


class LetterForm(forms.Form):
    title = forms.CharField(max_length=10)
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    text = forms.CharField(widget=forms.Textarea, required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}), required=False)
    picture = forms.FileField(required=False)


@login_not_required
def write(request):
    """A page as those that use the piece are: refused is kept and redirected, or shown at once if it is too long."""
    if request.method == "POST":
        form = LetterForm(request.POST, request.FILES)
        form.add_error(None, "somebody was faster")
        if not keep(request, "letter", form):
            return HttpResponse(form.as_p(), status=413)
        return redirect("/letter/")
    form = kept(request, "letter", LetterForm) or LetterForm()
    return HttpResponse(form.as_p())


urlpatterns = [path("letter/", write)]


def test_the_page_that_follows_shows_it_once(client):
    answer = client.post("/letter/", {"title": "far too long a title", "kinds": ["a", "b"], "text": "<b>oma"})
    assert (answer.status_code, answer.url) == (302, "/letter/")
    page = client.get("/letter/").text
    assert 'value="far too long a title"' in page
    assert "&lt;b&gt;oma" in page
    assert page.count("checked") == 2 or page.count("selected") == 2
    assert "errorlist" in page
    assert "somebody was faster" in page
    # Back leads here: no question whether to send the form again, and an empty form.
    again = client.get("/letter/").text
    assert "errorlist" not in again
    assert "far too long" not in again


def test_secrets_and_files_never_enter_the_session(client):
    client.post(
        "/letter/",
        {"title": "t", "password": "salasana", "code": "123456", "csrfmiddlewaretoken": "x" * 32}
        | {"picture": SimpleUploadedFile("kuva.png", b"kuva")},
    )
    held = str(Session.objects.get().get_decoded()[SESSION_KEY])
    assert "'title'" in held
    for secret in ("salasana", "123456", "csrfmiddlewaretoken", "kuva"):
        assert secret not in held


def test_what_is_too_long_is_shown_at_once(client):
    answer = client.post("/letter/", {"title": "t", "text": "ä" * 25_001})
    assert answer.status_code == 413
    assert "ä" * 100 in answer.text
    assert not Session.objects.exists() or SESSION_KEY not in client.session


def test_only_the_forms_of_late_are_kept(rf):
    request = rf.get("/")
    request.session = {}
    for number in range(MOST_FORMS + 2):
        assert keep(request, f"form {number}", LetterForm({"title": ""}))
    assert list(request.session[SESSION_KEY]) == [f"form {number}" for number in range(2, MOST_FORMS + 2)]
    assert kept(request, "form 0", LetterForm) is None
    assert kept(request, "form 4", LetterForm).errors["title"]


def test_a_prefix_is_kept_with_its_names(rf):
    request = rf.get("/")
    request.session = {}
    keep(request, "a", LetterForm({"p-title": "x" * 11, "p-password": "salasana"}, prefix="p"))
    form = kept(request, "a", lambda data: LetterForm(data, prefix="p"))
    assert form["title"].value() == "x" * 11
    assert "salasana" not in str(form.data)


def test_what_cleaning_takes_out_is_not_kept(rf):
    class NoteForm(TypedTextForm, forms.Form):
        text = forms.CharField()

    request = rf.get("/")
    request.session = {}
    keep(request, "note", NoteForm({"text": "Hän on 131052-308T."}))
    assert "131052-308T" not in str(request.session)
    assert kept(request, "note", NoteForm)["text"].value() == "Hän on ."
