"""The policy of names in one place: which labels a model's are, who wins where candidates overlap, what each sign weighs.

A *candidate* is a stretch that may be a name. Where candidates overlap, the higher `RANK` of its kind wins, then the longer,
then the better `TRUST`. The label of a name is settled by all its mentions in the document: each sign gives its weight
(`WEIGHTS`) to a label, and the label with the greatest sum has it everywhere. A name whose sum stays under `ENOUGH` is none.
"""

from __future__ import annotations

from collections.abc import Mapping

LABELS = ("PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW")
"""The labels of names; of two with equal votes the earlier wins."""

DEFAULT_LABELS: Mapping[str, str | None] = {
    **{label: label for label in LABELS},
    # OntoNotes 5 (en_core_web_*): the other labels are numbers, dates, works and products, which are no names here
    **dict.fromkeys(
        ("PRODUCT", "WORK_OF_ART", "LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"), None
    ),
    # the shipped model's own labels for what it keeps out of the others; CoNLL and WikiNER
    **dict.fromkeys(("MISC", "WORK"), None),
    "PER": "PERSON",
}
"""From a model's label to ours; None, or not in the table: dropped."""

RANK: Mapping[str, int] = {
    "user": 6,  # a rule file of the user's
    "structure": 5,  # the whole of an infobox value, table cell or list item whose key or header announces a name
    "pattern": 4,  # a form that only elections, wars, laws and the like have
    "body": 3,  # `Ministry of X`, `the X Party`, `X River`
    "cue": 3,  # a run of capitalised words beside a word that announces a name: `President X`, `the X party`
    "gazetteer": 3,
    "model": 3,
    "known": 2,  # found again, because it was found with certainty elsewhere in the document
    "run": 1,  # capitalised words, and nothing else that speaks for them
}
"""Who wins where candidates overlap: the greater number, then the longer, then `TRUST`."""

TRUST = ("user", "structure", "pattern", "gazetteer", "body", "cue", "model", "known", "run")

WEIGHTS: Mapping[str, float] = {
    # what found it
    "user": 20.0,
    "structure": 3.0,
    "pattern": 6.0,
    "gazetteer": 4.0,
    "doubtful": 0.6,  # a gazetteer name that is a word or another name as well
    "model": 1.5,
    "model_in_heading": 0.7,  # Title Case and single words mislead it
    "model_bare_word": 1.0,  # one word
    # what it is made of
    "party_head": 5.0,
    "faction_head": 2.5,
    "org_head": 4.0,
    "either_head": 2.0,  # a head of parties and of other bodies alike: `National Congress`
    "either_head_of_party": 1.6,
    "place_head": 4.0,
    "event_head": 3.5,
    "law_head": 3.0,
    "of_head": 4.0,
    "calling": 4.0,  # `Union of Teachers`
    "cause": 4.0,  # `Congress for the Republic`
    "of_either_head": 1.0,  # a head of parties and of other bodies alike: `Union of X`
    "party_word": 1.6,
    "party_plural": 2.2,
    "slogan": 1.2,
    "org_word": 2.0,  # `Eurasian Customs Union`
    "joined_acronym": 1.5,  # `Fidesz–KDNP`
    "given_name": 2.0,
    "given_name_alone": 0.8,
    "patronymic": 4.0,
    "hyphenated_given": 2.0,  # `Moon Jae-in`
    "initials": 2.5,
    "particle": 1.0,
    "surname_ending": 1.2,
    "acronym": 1.0,
    "known_acronym": 2.0,  # some party or broadcaster has it somewhere in the world
    "two_words": 1.0,
    "town": 2.0,  # one of the world's towns has it
    # what stands beside it
    "title": 4.0,
    "title_lower": 2.5,
    "party_after": 4.0,
    "party_member": 1.5,
    "party_of": 1.5,
    "led_by": 2.5,
    "byline": 3.0,
    "of_person": 1.2,  # `the cabinet of X`
    "led": 1.5,  # `Syriza-led`
    "seats": 1.5,
    "bracket": 2.0,
    "bracket_member": 3.0,
    "place_word": 2.0,
    "dateline": 4.0,  # `JOHANNESBURG, 12 March –`
    "place_preposition": 1.2,
    "place_direction": 1.2,
    "party_before": 3.0,
    "quoted": 4.0,
    "body_before": 3.0,
    "body_beside": 1.5,  # `a report by Cifra`, `CODEO observers`
    "polled": 4.0,  # `a poll by Cifra`
    "member_of": 1.2,  # `Ivan Petrov of Yabloko`
    "known_as": 2.0,
    "apposition": 2.0,
    "speech": 0.7,
    "who": 1.5,
    "article": 0.8,
    "possessive_of_person": 0.3,
    "life_dates": 2.0,
    "list": 4.0,
    "neighbour": 1.2,  # the other members of a coordinated list
    "surname_like_people": 1.5,  # `Ersin Tatar`
    # what the document says elsewhere
    "family_name": 2.5,
    "acronym_of": 3.0,
    "member": 1.5,  # `Rob Farn (UL)`
    "initials_of": 8.0,  # `Nora Hadad (NH)`: the speaker of an interview
    "family_first": 8.0,  # `WALKER, Clancy (Green Party)`
    "about": 1.1,  # what an unexplained acronym is in a document about parties, or not about them
    "short_form": 2.0,
    "spelling": 1.5,
}
"""What each sign weighs, in votes for the label that it speaks for."""

PER_SPELLING = frozenset(
    {
        "user",
        "pattern",
        "gazetteer",
        "doubtful",
        "party_head",
        "faction_head",
        "org_head",
        "either_head",
        "either_head_of_party",
        "place_head",
        "event_head",
        "law_head",
        "of_head",
        "of_either_head",
        "calling",
        "cause",
        "party_word",
        "party_plural",
        "slogan",
        "org_word",
        "joined_acronym",
        "given_name",
        "given_name_alone",
        "patronymic",
        "hyphenated_given",
        "initials",
        "particle",
        "surname_ending",
        "acronym",
        "known_acronym",
        "two_words",
        "town",
    }
)
"""Signs that lie in the words themselves: they count once for a spelling, all others once for each mention."""

MODEL_AT_MOST = 2.5
"""What a model's votes for one spelling count together at most, however often it stands there: errors repeat themselves."""

ENOUGH = 1.0
"""The votes without which a stretch is no name."""

CERTAIN = 1.5
"""The votes with which a name is looked for in the whole document."""

CLEAR = 1.0
"""How far ahead of the next label one must be, for neighbours to say no more about it."""

ENOUGH_FOR_CAPITALS = 2.0
"""The same for mere capitals, where a model saw no name in them or where they stand in a heading."""
