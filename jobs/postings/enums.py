"""Code sets of postings. Where Job Market Finland has a set, its codes are named: an export is a mapping."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The daily counter of how often the page of an open posting was read.
VIEWS = "posting views"


class PostingStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("In review")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")
    PUBLISHED = "PUBLISHED", _("Published")
    FILLED = "FILLED", _("Filled")
    EXPIRED = "EXPIRED", pgettext_lazy("posting", "Expired")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    ARCHIVED = "ARCHIVED", _("Archived")


TRANSITIONS = {
    PostingStatus.DRAFT: {PostingStatus.SUBMITTED, PostingStatus.WITHDRAWN},
    PostingStatus.SUBMITTED: {
        PostingStatus.DRAFT,
        PostingStatus.CHANGES_REQUESTED,
        PostingStatus.PUBLISHED,
        PostingStatus.WITHDRAWN,
    },
    PostingStatus.CHANGES_REQUESTED: {PostingStatus.SUBMITTED, PostingStatus.WITHDRAWN},
    PostingStatus.PUBLISHED: {
        PostingStatus.SUBMITTED,
        PostingStatus.FILLED,
        PostingStatus.EXPIRED,
        PostingStatus.WITHDRAWN,
    },
    PostingStatus.FILLED: {PostingStatus.PUBLISHED, PostingStatus.ARCHIVED},
    PostingStatus.EXPIRED: {PostingStatus.PUBLISHED, PostingStatus.ARCHIVED},
    PostingStatus.WITHDRAWN: {PostingStatus.ARCHIVED},
    PostingStatus.ARCHIVED: set(),
}
OPEN_FOR_EDITING = {PostingStatus.DRAFT, PostingStatus.CHANGES_REQUESTED, PostingStatus.PUBLISHED}
CLOSED = {PostingStatus.FILLED, PostingStatus.EXPIRED, PostingStatus.WITHDRAWN}


class WithdrawalReason(models.TextChoices):
    BY_ASSOCIATION = "BY_ASSOCIATION", _("Withdrawn by the organisation")
    REFUSED = "REFUSED", _("Refused by a moderator")
    NOT_CONFIRMED = "NOT_CONFIRMED", _("Not confirmed to be open")


class EventKind(models.TextChoices):
    CREATED = "CREATED", _("Created")
    STATUS = "STATUS", _("State changed")
    EDITED = "EDITED", _("Edited after publishing")
    EXTENDED = "EXTENDED", _("Extended")
    CONFIRMED = "CONFIRMED", _("Confirmed to be open")
    HIDDEN = "HIDDEN", _("Hidden until a moderator has seen it")
    SEEN = "SEEN", _("Seen by a moderator")


class TaskKind(models.TextChoices):
    CORE = "CORE", _("Main task")
    SUPPORTING = "SUPPORTING", _("Supporting task")


class DayPart(models.TextChoices):
    """Työskentelyaika: 06, 01, 02, 03, 07, 05, 08."""

    WEEKDAY = "WEEKDAY", _("On weekdays")
    DAY = "DAY", _("In the daytime")
    EVENING = "EVENING", _("In the evenings")
    NIGHT = "NIGHT", _("At night")
    WEEKEND = "WEEKEND", _("At weekends")
    FLEXIBLE = "FLEXIBLE", _("Agreed together")
    SHIFT = "SHIFT", _("In shifts")


class StartKind(models.TextChoices):
    """Työ alkaa: 01, 02, 03."""

    SOON = "SOON", _("As soon as possible")
    DATE = "DATE", _("On a given day")
    AGREED = "AGREED", _("Agreed together")


class Continuity(models.TextChoices):
    """Työn jatkuvuus: 01, 02, 0201, 0202."""

    PERMANENT = "PERMANENT", _("Until further notice")
    FIXED_TERM = "FIXED_TERM", _("Fixed term")
    SEASONAL = "SEASONAL", _("Seasonal work")
    SUMMER = "SUMMER", _("Summer job")


class PayBasis(models.TextChoices):
    """Palkan peruste: 01–07."""

    TIME = "TIME", _("By the hour")
    FIXED = "FIXED", _("Monthly pay")
    PERFORMANCE = "PERFORMANCE", _("By performance")
    FIXED_AND_PERFORMANCE = "FIXED_AND_PERFORMANCE", _("Monthly pay and performance")
    TIME_AND_PERFORMANCE = "TIME_AND_PERFORMANCE", _("By the hour and performance")
    CONTRACT = "CONTRACT", _("By contract")
    OTHER = "OTHER", _("Other")


class LanguageLevel(models.TextChoices):
    """Kielitaidon taso: A1, B1, B2, C1, L1."""

    A1 = "A1", _("The basics are enough")
    B1 = "B1", _("Satisfactory")
    B2 = "B2", _("Good")
    C1 = "C1", _("Very good")
    L1 = "L1", _("Mother tongue")


class WorkLanguage(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian")
    UKRAINIAN = "uk", _("Ukrainian")
    ARABIC = "ar", _("Arabic")
    SOMALI = "so", _("Somali")
    ESTONIAN = "et", _("Estonian")
    FINNISH_SIGN = "fse", _("Finnish Sign Language")


class Licence(models.TextChoices):
    """Kortit ja luvat: 022, 013, 014, 075, 079, 072, 027, 074, 005, 087; driving licences B, BE, C1."""

    HYGIENE = "022", _("Hygiene passport")
    FIRST_AID_1 = "013", _("First aid 1")
    FIRST_AID_2 = "014", _("First aid 2")
    HOT_WORK = "075", _("Hot work licence")
    OCCUPATIONAL_SAFETY = "079", _("Occupational safety card")
    ROAD_SAFETY = "072", _("Road safety card")
    STEWARD = "027", _("Security steward's card")
    FORKLIFT = "074", _("Forklift licence")
    ALCOHOL = "005", _("Alcohol serving passport")
    WATER_HYGIENE = "087", _("Water hygiene passport")
    DRIVING_B = "B", _("Driving licence B")
    DRIVING_BE = "B96BE", _("Driving licence BE")
    DRIVING_C1 = "C1C", _("Driving licence C1")


DRIVING_LICENCES = {Licence.DRIVING_B, Licence.DRIVING_BE, Licence.DRIVING_C1}


class Demand(models.TextChoices):
    """The twelve things that a job can ask for, none of them a diagnosis."""

    STANDING = "STANDING", _("Standing and walking")
    LIFTING = "LIFTING", _("Lifting")
    HANDS = "HANDS", _("Fine work with hands")
    OUTDOORS = "OUTDOORS", _("Work outdoors")
    SIGHT = "SIGHT", _("Seeing")
    HEARING = "HEARING", _("Hearing")
    PRECISION = "PRECISION", _("Precision")
    INITIATIVE = "INITIATIVE", _("Working independently")
    PEOPLE = "PEOPLE", _("Meeting people")
    HURRY = "HURRY", _("Hurry and noise")
    FINNISH = "FINNISH", _("Finnish language")
    DIGITAL = "DIGITAL", _("Computer or phone")

    @property
    def bit(self):
        """This demand's place in a posting's `firm_demands`."""
        return 1 << list(Demand).index(self)


class DemandLevel(models.IntegerChoices):
    NONE = 0, _("Not at all")
    SOME = 1, _("Some")
    MUCH = 2, _("Much")


class Support(models.TextChoices):
    WORK_PAIR = "WORK_PAIR", _("A work pair guides you")
    SHORT_START = "SHORT_START", _("You may begin with shorter days")
    ONE_TASK = "ONE_TASK", _("You learn one task at a time")
    EASY_INSTRUCTIONS = "EASY_INSTRUCTIONS", _("Instructions in pictures or easy Finnish")
    COACH_WELCOME = "COACH_WELCOME", _("Your job coach may come along")
    LANGUAGE_PRACTICE = "LANGUAGE_PRACTICE", _("You may practise Finnish at work")
    QUIET_PLACE = "QUIET_PLACE", _("There is a quiet place to work or rest")
    LEARNING_RECOGNITION = "LEARNING_RECOGNITION", _("What you learn can count towards a qualification")


class Flag(models.TextChoices):
    """What the automatic checks may find; an identity code is refused outright."""

    CONTACT_DATA = "CONTACT_DATA", _("Contact data in the text")
    DISCRIMINATION = "DISCRIMINATION", _("A word that may discriminate")
    PHISHING = "PHISHING", _("Looks like a scam")
    HARD_EASY_TEXT = "HARD_EASY_TEXT", _("Long sentences in the easy text")
