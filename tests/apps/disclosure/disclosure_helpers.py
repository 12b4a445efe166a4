"""Disclosures of a submitted report."""

from reporting_helpers import NOW, changed_workbook, create, submit

from shutan.apps.disclosure import actions

NOTHING = {"surrender": "", "surrendered_t": None, "surrendered_on": None}


def begun(people, report):
    return actions.begin(people["filler"], report, now=NOW)


def published(people, report, why=""):
    draft = begun(people, report)
    return actions.publish(people["responsible"], draft, revision=draft.revision, now=NOW, why=why)


def corrected(people, report):
    """A second version of the report with another remark."""
    content = changed_workbook("enterprise", "production_changes", "停机检修")
    draft = create(people["filler"], "second", content).report
    return submit(people["responsible"], draft, now=NOW, why="更正说明")


def cells(form, number):
    return [row for table in form["tables"] if table["number"] == number for row in table["rows"]]
