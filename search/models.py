"""What the database knows about the search index itself; the indexed text lives in tables of the stores."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchIndex(models.Model):
    """One index: which generation of its tables is live, how far it has changed, and how far the engine has followed.

    Every change has a number. What lies above `engine_sequence` is what the search engine still lacks: this row is the
    truth about that, and a queued task only hurries it. Its words are looked for as its own analyser read them.
    """

    kind = models.CharField(_("kind"), max_length=100, unique=True)
    generation = models.PositiveBigIntegerField(_("generation"), default=0)
    sequence = models.PositiveBigIntegerField(_("sequence"), default=0)
    engine_generation = models.PositiveBigIntegerField(_("generation that the engine holds"), default=0)
    engine_sequence = models.PositiveBigIntegerField(_("change that the engine has reached"), default=0)
    analysis = models.CharField(_("analysis"), max_length=200, blank=True)
    engine_analysis = models.CharField(_("analysis of the engine's copy"), max_length=200, blank=True)
    grams = models.BinaryField(_("frequencies of four-letter pieces"), null=True, editable=False)
    built_at = models.DateTimeField(_("built at"), null=True, blank=True)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")

    def __str__(self) -> str:
        return self.kind


class LearntVocabulary(models.Model):
    """The words of all indexed texts of a language: compounds are taken apart by them where there is no dictionary."""

    language = models.CharField(_("language"), max_length=10, unique=True)
    words = models.BinaryField(_("words"), editable=False)
    learnt_at = models.DateTimeField(_("learnt at"), auto_now=True)

    class Meta:
        verbose_name = _("learnt vocabulary")
        verbose_name_plural = _("learnt vocabularies")

    def __str__(self) -> str:
        return self.language


class Concept(models.Model):
    """A name for a kind of work in three languages: an ESCO occupation or group, or a word of our own fields."""

    uri = models.CharField(_("address"), max_length=200, unique=True)
    notation = models.CharField(_("ISCO code"), max_length=20, blank=True, db_index=True)
    broader = models.CharField(_("broader group"), max_length=200, blank=True, db_index=True)
    label_fi = models.CharField(_("Finnish label"), max_length=250, blank=True)
    label_sv = models.CharField(_("Swedish label"), max_length=250, blank=True)
    label_en = models.CharField(_("English label"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")

    def __str__(self) -> str:
        return self.label_fi or self.uri
