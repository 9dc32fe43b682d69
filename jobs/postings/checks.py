"""The automatic checks of a posting's texts. They refuse an identity code and flag the rest for the moderator.

A flag is a dictionary of `flag` (see Flag), `field`, `words` (as they stand there) and `advice`. Nothing here decides:
a flagged posting goes to review like any other.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from accounts.identity_codes import contains_identity_code
from jobs.postings.enums import Flag
from jobs.postings.fields import ANSWERS, BY_NAME
from jobs.postings.snapshot import label_of

LONGEST_EASY_SENTENCE = 15  # words; the rule of thumb of easy Finnish
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)(?:\+358|0)[\s-]?\d(?:[\s-]?\d){5,10}(?!\d)")
ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
# Words that set a limit on age, sex, origin, health or appearance (Employment Contracts and Equality Acts), with what
# to write instead: the work's own need.
DISCRIMINATING = [
    (r"\bnuor(?:i|ta|ekas)\b", _("Describe the work: what must be done, and when.")),
    (r"\bnuore(?:kas|kka)\w*", _("Describe the work: what must be done, and when.")),
    (
        r"\b(?:alle|yli|enintään|vähintään)\s+\d{2}[\s-]*v(?:uotia|uotias|uotiaita|\.)",
        _("Leave the age out. The pay subsidy may have an age limit: name the subsidy."),
    ),
    (r"\b(?:mies|miestä|nainen|naista|poika|tyttö|emäntä)\b", _("Write the work, not the sex: worker, guide, helper.")),
    (
        r"\b(?:syntyperäi|kantasuomalai|suomalaista alkuperää)\w*",
        _("Say what language skill the work needs, and how well."),
    ),
    (
        r"\bäidinkiel(?:i|enä|enään|eltään)\b",
        _("Say how well the language must be known, from the basics to very good."),
    ),
    (
        r"\b(?:perusterve\w*|terve(?:ttä|en|eltä|ydeltään)?\b|hyväkuntoi(?:nen|s)\w*)",
        _("Say what the work asks: lifting, standing, walking."),
    ),
    (
        r"\b(?:hyvännäköinen|edustava ulkonäkö|siisti ulkonäkö)\w*",
        _("Say how one dresses at work, if the work needs it."),
    ),
    (r"\b(?:lapseton|perheetön|naimaton)\w*", _("Say the working hours instead.")),
]
PHISHING = [
    r"\b(?:western union|moneygram|bitcoin|kryptovaluut)\w*",
    r"\b(?:pankkitunnu|verkkopankkitunnu|pin-koodi|luottokortti)\w*",
    r"\b(?:etumaksu|ennakkomaksu|rekisteröintimaksu|aloitusmaksu)\w*",
    r"\bkopio\w* (?:passista|henkilökortista|ajokortista)",
    r"\b(?:whatsapp|telegram)\w*",
]


@dataclass
class Findings:
    identity_code_fields: list[str] = field(default_factory=list)
    flags: list[dict] = field(default_factory=list)


def check_posting(posting):
    """Everything that the checks find in a posting's texts, its tasks' and its demands' included."""
    texts = texts_of(posting)
    findings = Findings([name for name, text in texts.items() if contains_identity_code(text)])
    for name, text in texts.items():
        findings.flags += _discrimination(name, text) + _phishing(name, text)
        if BY_NAME[name].is_story:
            findings.flags += _contact_data(name, text)
    findings.flags += _long_sentences(texts["easy_text"])
    return findings


def new_marks(before, flags):
    """The words that look like a scam and were not among the flags before, in the order of the form."""
    known = {(flag["field"], flag["words"].lower()) for flag in before if flag["flag"] == Flag.PHISHING}
    marks = [flag for flag in flags if flag["flag"] == Flag.PHISHING]
    fresh = [flag["words"] for flag in marks if (flag["field"], flag["words"].lower()) not in known]
    return list(dict.fromkeys(fresh))


def findings_for(posting, names=None):
    """What the checks found in these answers or in all, for the one who writes: rows of label, words and advice.

    Long sentences of the easy text are told by themselves, as advice and not as a mark.
    """
    flags = [flag for flag in posting.flags if flag["flag"] != Flag.HARD_EASY_TEXT]
    shown = [flag for flag in flags if names is None or flag["field"] in names]
    rows = {(flag["field"], flag["words"]): flag for flag in shown}.values()
    return [{"label": label_of(flag["field"]), "words": flag["words"], "advice": flag["advice"]} for flag in rows]


def texts_of(posting):
    """Every text of a posting by the answer's name; the words of rows together."""
    texts = {answer.name: getattr(posting, answer.name) or "" for answer in ANSWERS if answer.is_text}
    for answer in ANSWERS:
        if answer.text_column:
            rows = getattr(posting, answer.name).all()
            texts[answer.name] = "\n".join(getattr(row, answer.text_column) for row in rows)
    return texts


def long_sentences(text):
    """The sentences of more than 15 words."""
    sentences = re.split(r"(?<=[.!?:])\s+|\n+", text)
    return [sentence.strip() for sentence in sentences if len(sentence.split()) > LONGEST_EASY_SENTENCE]


def _flag(flag, name, words, advice):
    return {"flag": flag.value, "field": name, "words": words[:200], "advice": str(advice)}


def _discrimination(name, text):
    return [
        _flag(Flag.DISCRIMINATION, name, match.group(), advice)
        for pattern, advice in DISCRIMINATING
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]


def _phishing(name, text):
    advice = _("Nobody is asked for money, bank codes or copies of papers before they are hired.")
    return [
        _flag(Flag.PHISHING, name, match.group(), advice)
        for pattern in PHISHING
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]


def _contact_data(name, text):
    advice = _("Move it to the contact question, so that it disappears when the posting closes.")
    return [
        _flag(Flag.CONTACT_DATA, name, match.group(), advice)
        for pattern in (EMAIL, PHONE, ADDRESS)
        for match in pattern.finditer(text)
    ]


def _long_sentences(text):
    advice = _("Split it: one idea in a sentence, at most 15 words.")
    return [_flag(Flag.HARD_EASY_TEXT, "easy_text", sentence, advice) for sentence in long_sentences(text)]
