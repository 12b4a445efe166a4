"""The demonstration's ledger: records of the coal plant on paper alone, where its months' originals lie, and an archive asked for by the province."""

from __future__ import annotations

import datetime as dt

from shutan.apps.accounts.models import User
from shutan.apps.archives import actions, asking
from shutan.apps.archives.models import Line, Paper
from shutan.apps.archives.views_archives import form_for

# kind, number, title, years before this one, subject, department, place
PAPERS = (
    ("ledger", "演台-01", "入炉煤计量日台账（演示）", 1, "入炉煤消耗量", "生产部", "档案室A柜3层"),
    ("ledger", "演台-01旧", "入炉煤计量日台账（演示）", 8, "入炉煤消耗量", "生产部", "库房2排"),
    ("paper", "演证-07", "皮带秤实物校验记录（演示）", 1, "皮带秤", "计量班", "计量班资料柜"),
    ("other", "演规-02", "碳排放管理岗位责任制（演示）", 2, "", "综合部", ""),
)
PLACED = 6  # of the newest evidence files


def create(now: dt.datetime) -> list[str]:
    """Make the ledger's rows if there are none; returns whose they are."""
    people = User.objects.select_related("organisation")
    person = people.filter(username="carbon").first()
    if (
        person is None
        or person.organisation is None
        or Paper.objects.filter(organisation=person.organisation).exists()
    ):
        return []
    home, this = person.organisation, now.year
    for kind, number, title, before, about, department, place in PAPERS:
        told = {
            "kind": kind, "number": number, "title": title, "year": this - before, "about": about,
            "department": department, "place": place,
        }  # fmt: skip
        actions.keep(person, home, told, now=now)
    for line in Line.objects.filter(organisation=home, source="filing.evidencefile").order_by("-at", "key")[
        :PLACED
    ]:
        actions.put(person, line, {"department": "生产部", "place": "档案室A柜1层"}, now=now)
    if officer := people.filter(username="regulator").first():
        told = {
            "purpose": "inspection", "first_year": this - 1, "last_year": this - 1, "reason": "年度现场检查（演示）",
        }  # fmt: skip
        asking.ask(officer, home, form_for(officer, home, told), now=now)
    return [home.name_zh]
