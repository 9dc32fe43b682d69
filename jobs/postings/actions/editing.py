"""Changing the answers of a posting: people, imports and connectors all write through here."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.identity_codes import contains_identity_code
from accounts.models import User
from jobs.postings import acts
from jobs.postings.actions.errors import IdentityCodeFound
from jobs.postings.actions.transitions import locked_for, record
from jobs.postings.checks import check_posting, new_marks
from jobs.postings.enums import Demand, EventKind, PostingStatus
from jobs.postings.fields import BY_NAME
from jobs.postings.models import JobPosting
from jobs.postings.signals import posting_changed, time_to_apply_changed
from jobs.postings.snapshot import label_of, language_of, rows_in_words, rows_of, worded
from portal.furniture.edits import Difference, require_unchanged


@transaction.atomic
def edit(posting: JobPosting, answers: Mapping[str, Any], *, by: User, revision: int | None = None) -> list[str]:
    """Writes answers by their names, those that are rows as lists of dictionaries; returns the names that changed.

    `revision` is the version that the person saw: when somebody else has saved since, nothing is written and
    ChangedMeanwhile carries both versions of what would be overwritten. The checks run on every edit. An edit of a
    published posting is live at once and enters the moderators' list of edits; one that makes it look like a scam hides
    it from everybody until a moderator has seen it. Raises TransitionNotAllowed where the state allows no edit, and
    IdentityCodeFound with the names of the answers.
    """
    posting = locked_for(posting, by)
    acts.EDIT.require(posting)
    stored = {name: stored_answer(posting, name) for name in answers}
    changed = [name for name, written in answers.items() if stored[name] != written]
    if revision is not None:
        require_unchanged(
            revision,
            posting.revision,
            lambda: [_difference(posting, name, stored[name], answers[name]) for name in changed],
        )
    if coded := [name for name in changed if _holds_identity_code(name, answers[name])]:
        raise IdentityCodeFound(coded)
    if changed:
        _write(posting, {name: answers[name] for name in changed})
        marks = _check(posting)
        _follow(posting, changed, marks, by)
    return changed


def stored_answer(posting: JobPosting, name: str) -> Any:
    """An answer as it is kept: a value, or the rows as dictionaries of their columns in the order of the page."""
    answer = BY_NAME[name]
    if not answer.is_rows:
        return getattr(posting, name)
    return [{column: getattr(row, column) for column in answer.columns} for row in rows_of(posting, name)]


def _write(posting: JobPosting, answers: Mapping[str, Any]) -> None:
    names = [name for name in answers if not BY_NAME[name].is_rows]
    for name in names:
        setattr(posting, name, answers[name])
    for name in set(answers) - set(names):
        _write_rows(posting, name, answers[name])
    if "demands" in answers:
        posting.firm_demands = sum(Demand(row["demand"]).bit for row in answers["demands"] if not row["can_be_adapted"])
        names.append("firm_demands")
    posting.revision += 1
    posting.save(update_fields=[*names, "revision", "saved_at"])


def _write_rows(posting: JobPosting, name: str, rows: list[dict[str, Any]]) -> None:
    relation = getattr(posting, name)
    relation.all().delete()
    has_order = any(field.name == "position" for field in relation.model._meta.fields)
    relation.bulk_create(
        relation.model(posting=posting, **row, **({"position": position} if has_order else {}))
        for position, row in enumerate(rows)
    )


def _check(posting: JobPosting) -> list[str]:
    """Keeps what the checks find in the posting as it is now; returns the words that newly look like a scam."""
    before, posting.flags = posting.flags, check_posting(posting).flags
    posting.save(update_fields=["flags"])
    return new_marks(before, posting.flags)


def _follow(posting: JobPosting, changed: list[str], marks: list[str], by: User) -> None:
    """What everybody can see must be found as it is now, and be looked at again."""
    if posting.status != PostingStatus.PUBLISHED:
        return
    posting.is_edited_after_approval = True
    posting.hidden_for = ", ".join(filter(None, [posting.hidden_for, *marks]))[:300]
    posting.save(update_fields=["is_edited_after_approval", "hidden_for"])
    posting_changed.send(JobPosting, posting=posting)
    if "application_deadline" in changed:
        time_to_apply_changed.send(JobPosting, posting=posting)
    record(posting, EventKind.EDITED, by=by, changed_fields=changed)
    if marks:
        record(posting, EventKind.HIDDEN, by=None, note=", ".join(marks))


def _holds_identity_code(name: str, value: Any) -> bool:
    answer = BY_NAME[name]
    if answer.text_column:
        return any(contains_identity_code(row.get(answer.text_column) or "") for row in value)
    return answer.is_text and contains_identity_code(value or "")


def _difference(posting: JobPosting, name: str, theirs: Any, mine: Any) -> Difference:
    in_words = rows_in_words if BY_NAME[name].is_rows else worded
    return Difference(
        name=name,
        label=label_of(name),
        theirs=in_words(name, theirs),
        mine=in_words(name, mine),
        language=language_of(name, posting),
    )
