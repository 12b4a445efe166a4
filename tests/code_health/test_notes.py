"""Notes of parameters stand on pages, in workbooks and in answers: both languages, unless they are a figure or a place."""

import re

from shutan.rules.registry import rule_sets

NO_WORDS = re.compile(r"[a-z_]+\.md|kgce|kWh|/")


def test_every_note_with_words_has_both_languages():
    alone = {
        (rules.name, parameter.name, value.note)
        for rules in rule_sets().values()
        for parameter in rules.parameters.values()
        for value in parameter.values
        if value.note
        and "|" not in value.note
        and re.search(r"[a-z]{2}|[一-鿿]", NO_WORDS.sub("", value.note))
    }
    assert not alone
