"""The words of all indexed texts, by which compounds are taken apart where there is no dictionary."""

import json
import zlib
from collections.abc import Iterable, Mapping

from search.analysis import LANGUAGES, Vocabulary, analyser_for, analysers_in_use
from search.caches import ProcessCache
from search.models import LearntVocabulary

SECONDS_BETWEEN_RECALLS = 60

_recalled: ProcessCache[None] = ProcessCache(seconds=SECONDS_BETWEEN_RECALLS)


def learn_from(texts_by_language: Mapping[str, Iterable[str]]) -> None:
    """Remember the words of these texts, for the languages whose compounds are taken apart by them."""
    for language, texts in texts_by_language.items():
        analyser = analyser_for(language)
        if analyser.engine != "builtin":
            continue
        vocabulary = Vocabulary.of_texts(texts)
        packed = zlib.compress(json.dumps(vocabulary.frequencies, ensure_ascii=False).encode())
        LearntVocabulary.objects.update_or_create(language=language, defaults={"words": packed})
        analyser.learn(vocabulary)


def recall_vocabularies() -> None:
    """Teach this process's analysers what was learnt, by whichever process; looked for once a minute."""
    _recalled.get("vocabularies", _recall)


def _recall() -> None:
    for row in LearntVocabulary.objects.filter(language__in=LANGUAGES):
        analyser_for(row.language)
        for analyser in analysers_in_use():
            is_taught = analyser.language != row.language or analyser.learnt_at == row.learnt_at
            if analyser.engine == "builtin" and not is_taught:
                analyser.learn(Vocabulary(json.loads(zlib.decompress(row.words))), row.learnt_at)
