"""The generated pages are fresh and hang together; the plan names only what exists."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli
from shutan.documents import glossary, rulebook
from shutan.documents.glossary import Term
from shutan.rules.registry import GLOSSARY, rule_sets

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "docs" / "rules"
MOST_BYTES = 600_000  # of one rule set; a page nobody can open helps nobody
TARGET = re.compile(r"\]\(([^)\s#]*)#([^)\s]+)\)")
ID = re.compile(r'<a id="([^"]+)"></a>')


def test_the_generated_pages_are_fresh():
    done = CliRunner().invoke(cli, ["docs", "--check", "--language", "en"])
    assert done.exit_code == 0, done.output


def test_a_stale_a_missing_and_a_surplus_page_are_found_and_mended(tmp_path):
    call = ["docs", "--language", "en", "--root", str(tmp_path)]
    assert CliRunner().invoke(cli, call).exit_code == 2, "no docs folder: not a checkout"
    (tmp_path / "docs").mkdir()
    assert CliRunner().invoke(cli, call).exit_code == 0
    assert CliRunner().invoke(cli, [*call, "--check"]).exit_code == 0
    book = tmp_path / "docs" / "rules"
    (book / "power" / "index.md").write_text("old\n", encoding="utf-8")
    (book / "power" / "clauses.md").unlink()
    (book / "of_a_rule_set_that_is_gone.md").write_text("\n", encoding="utf-8")
    (tmp_path / "docs" / "glossary.md").unlink()
    checked = CliRunner().invoke(cli, [*call, "--check"])
    assert checked.exit_code == 1
    named = [line for line in checked.output.splitlines() if line.startswith("docs/")]
    assert named == [
        "docs/rules/of_a_rule_set_that_is_gone.md",
        "docs/rules/power/clauses.md",
        "docs/rules/power/index.md",
        "docs/glossary.md",
    ]
    assert CliRunner().invoke(cli, call).exit_code == 0
    assert CliRunner().invoke(cli, [*call, "--check"]).exit_code == 0


@pytest.mark.parametrize("name", list(rule_sets()))
def test_the_pages_of_a_rule_set_stay_small(name):
    assert sum(path.stat().st_size for path in (BOOK / name).glob("*.md")) < MOST_BYTES


def test_every_link_of_the_rule_book_meets_its_mark():
    marks = {path: ID.findall(path.read_text("utf-8")) for path in BOOK.rglob("*.md")}
    twice = [(path.name, one) for path, ids in marks.items() for one in set(ids) if ids.count(one) > 1]
    assert twice == []
    broken = []
    for path in [*marks, ROOT / "docs" / "glossary.md"]:
        for file, mark in TARGET.findall(path.read_text("utf-8")):
            target = (path.parent / file).resolve() if file else path
            if target.suffix == ".md" and mark not in marks[target]:
                broken.append(f"{path.name}: {file}#{mark}")
    assert broken == []


def test_a_source_link_leads_to_the_line_of_the_rule():
    for rules in rule_sets().values():
        for versions in rules.rules.values():
            for made in versions:
                place, line = re.search(
                    r"\]\(\.\./\.\./\.\./(.+)#L(\d+)\)", rulebook.source_link(made)
                ).groups()
                written = (ROOT / place).read_text("utf-8").splitlines()[int(line) - 1]
                assert written.startswith("@rule"), (made.name, written)


def test_one_name_has_one_term_and_one_term_one_name():
    found = glossary.terms(rule_sets().values(), glossary.kept_by_hand(GLOSSARY))
    assert glossary.conflicts(found) == []


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ([Term("a", "甲", "", "rule"), Term("a", "乙", "", "input")], "a is called 乙, 甲"),
        (
            [Term("a", "甲", "", "rule", grain="unit"), Term("b", "甲", "", "input", grain="unit")],
            "甲 (unit) stands for a, b",
        ),
        ([Term("a", "甲", "", "rule"), Term("b", "甲", "", "term")], "b 甲 is kept by hand, though declared"),
    ],
)
def test_a_conflict_of_names_is_found(found, fault):
    assert fault in glossary.conflicts(found)


def test_a_month_and_its_year_may_share_a_term():
    found = [Term("a", "甲", "", "rule", grain="unit"), Term("b", "甲", "", "rule", grain="unit_month")]
    assert glossary.conflicts(found) == []
    inputs = [Term("a", "甲", "", "input", grain="unit"), Term("b", "甲", "", "input", grain="unit")]
    assert glossary.conflicts(inputs) == []


def test_a_term_kept_by_hand_says_both_languages_and_nothing_else(tmp_path):
    path = tmp_path / "glossary.yaml"
    path.write_text("a: {zh: 甲, en: first, and more}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a needs zh and en"):
        glossary.kept_by_hand(path)


def test_every_cited_source_is_listed():
    """A clause or parameter that cites `power.md 3.2, S1` cites a row of docs/sources.md."""
    listed = {}
    for part in (ROOT / "docs" / "sources.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        title, rows = part.split("\n", 1)
        first = re.findall(r"^\| (S\d+(?: ?/ ?S\d+)*) \|", rows, re.MULTILINE)
        listed[title] = {number for one in first for number in re.findall(r"S\d+", one)}
    listed["duties.md"] = listed["power_examples.md"] = listed["power.md"]
    listed["sectors_examples.md"] = listed["sectors.md"]
    cited = set()
    for path in (ROOT / "src" / "shutan").rglob("*.yaml"):
        for note, tail in re.findall(r"(\w+\.md)((?:(?!\w+\.md)[^\n\"])*)", path.read_text(encoding="utf-8")):
            cited |= {(note.removeprefix("facts/"), number) for number in re.findall(r"\bS\d+\b", tail)}
    assert {(note, number) for note, number in cited if number not in listed.get(note, ())} == set()
    assert cited
