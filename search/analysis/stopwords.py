"""Words that say nothing about what is looked for. Kept short: a word that may name a thing is not here."""

FINNISH = frozenset(
    """
    ei eivät emme en et ette se ne nämä nuo tämä tuo he hän me te minä sinä että ja jos kuin kun mutta niin
    on oli ovat olivat olla ole tai vai sekä eli joka jotka mikä mitä kuka myös vain sen sitä siitä tästä
    tämän jonka joita joissa hänen heidän minun sinun sekä vaan koska ettei jotta
    """.split()
)
SWEDISH = frozenset(
    """
    och i att det som en ett den de för av med på är till om har inte eller vid från sig så men han hon vi du
    jag ni var också när där här sin sitt sina dess denna detta dessa vad vem vilka kan ska m fl
    """.split()
)
ENGLISH = frozenset(
    """
    a an and are as at be by for from has have i in is it its not of on or that the their they this to was we
    were which who will with you your what
    """.split()
)
BY_LANGUAGE = {"fi": FINNISH, "sv": SWEDISH, "en": ENGLISH}
