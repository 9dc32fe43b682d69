from jobs.postings.actions.errors import DeadlineNotValid, IdentityCodeFound, PostingIncomplete
from jobs.postings.actions.postings import (
    archive,
    confirm,
    copy,
    create,
    expire,
    extend,
    fill,
    record_edit,
    reopen,
    submit,
    take_back,
    withdraw,
)
from jobs.postings.actions.scheduled import expire_postings, remind_stale
from portal.states import TooLate, TransitionNotAllowed

__all__ = [
    "DeadlineNotValid",
    "IdentityCodeFound",
    "PostingIncomplete",
    "TooLate",
    "TransitionNotAllowed",
    "archive",
    "confirm",
    "copy",
    "create",
    "expire",
    "expire_postings",
    "extend",
    "fill",
    "record_edit",
    "remind_stale",
    "reopen",
    "submit",
    "take_back",
    "withdraw",
]
