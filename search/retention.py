"""How long what the search remembers of texts is kept: see docs/data-retention.md."""

from portal.privacy.retention import RetentionRule, register

RULES = (
    RetentionRule(
        name="search: learnt words",
        model="search.LearntVocabulary",
        fields=("*",),
        kept="until the index is rebuilt; single words of two texts or more, without the texts",
    ),
)


def register_rules() -> None:
    for rule in RULES:
        register(rule)
