"""The demonstration's joint review: work given out, questions asked and answered, a clue list, all through the actions people call."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.apps.common import rowbook
from shutan.apps.common.files import Upload
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting import deciding
from shutan.apps.review import actions, asking, clues, queries, risk
from shutan.apps.review.actions import Work
from shutan.apps.review.models import Clue, ClueList

LATER = dt.timedelta(days=10)
TITLE = "数据质量线索清单（演示，虚构）"
PHRASES = (
    ("补盖章版台账", "请补充加盖公章的消耗量台账扫描件，原件留存备查。"),
    ("核对计量器具校验", "请核对计量器具校验日期，超期未校的按指南规定处理并说明。"),
)
# Enterprise by its first characters, what is doubted, how far it has come.
CLUES = (
    ("川南示范", "元素碳实测值连续三个月低于同煤种缺省值", "reported"),
    ("成都示范热电", "供热量与供电量之比较上年变化超过三成", "answered"),
    ("达州示范", "天然气低位发热量与供气单位化验值不一致", "open"),
)


def create(now: dt.datetime) -> list[str]:
    """Make what is missing; a second call changes nothing.

    Returns:
        What was made.
    """
    risk.screen_waiting()
    officer = User.objects.select_related("organisation").filter(username="regulator").first()
    if officer is None or ClueList.objects.filter(title=TITLE).exists():
        return []
    with transaction.atomic():
        for title, text in PHRASES:
            actions.keep_phrase(officer, {"title": title, "text": text}, shared=True, now=now)
        _questions(officer, now)
        _reports(officer, now)
        _clues(officer, now)
    return [TITLE]


def _questions(officer: User, now: dt.datetime) -> None:
    """The newest month of the queue is the officer's, who asks for papers; the enterprise answers about another."""
    waiting = list(queries.queue(officer, today=timezone.localdate(now)).order_by("-book__year", "-month"))
    if not waiting:
        return
    actions.assign(officer, [Work.of(waiting[0])], officer, now=now)
    due = timezone.localdate(now) + LATER
    asking.ask(officer, waiting[0], text="请补充皮带秤校验记录。", due=due, now=now)
    field = _field(waiting[-1])
    if field is None:
        return
    asked = asking.ask(officer, waiting[-1], text="本月消耗量较上月变化的原因？", field=field, now=now)
    home = waiting[-1].organisation
    filler = User.objects.filter(organisation=home, role=Role.FILLER).first()
    if filler is not None:
        told = "机组负荷变化所致，见生产月报。"
        asking.step(filler, asked, "answered", text=told, revision=asked.revision, now=now)


def _reports(officer: User, now: dt.datetime) -> None:
    """Of the annual reports one is accepted after its city passed it on, one returned, one waits for the officer."""
    waiting = list(queries.report_queue(officer, today=timezone.localdate(now)).order_by("-year", "pk"))
    for held, fate in zip(waiting, ("accepted", "returned", "waits"), strict=False):
        actions.assign(officer, [Work.of(held)], officer, now=now)
        if fate == "accepted":
            area = held.organisation.division_code[:4]
            city = User.objects.filter(
                organisation__kind=Kind.CITY, organisation__division_code__startswith=area, role=Role.OFFICER
            ).first()
            if city is not None:
                deciding.decide(city, held, "passed_city", revision=0, why="初审通过（演示）", now=now)
            deciding.decide(officer, held, "accepted", revision=held.decisions.count(), now=now)
        elif fate == "returned":
            told = "请核对分月耗煤量与盘存记录，更正后重新提交（演示）。"
            deciding.decide(officer, held, "returned", revision=0, why=told, now=now)


def _field(month: MonthlyFiling) -> tuple[str, list[str], str] | None:
    value = month.values.filter(variable="fuel_consumption_reported").order_by("pk").first()
    return None if value is None else (value.table, value.key, value.variable)


def _clues(officer: User, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    found = [
        (home, text, fate)
        for start, text, fate in CLUES
        if (home := Organisation.objects.filter(kind=Kind.ENTERPRISE, name_zh__startswith=start).first())
    ]
    if not found:
        return
    lines = [
        Clue(credit_code=home.credit_code or "", name=home.name_zh, category="数据异常（演示）", text=text, year=today.year, wish="核实并说明")
        for home, text, _fate in found
    ]  # fmt: skip
    upload = Upload("clues.xlsx", rowbook.write(clues.sheet(), lines))
    made = clues.import_list(officer, upload, title=TITLE, issued_on=today, due=today + 2 * LATER, now=now)
    for clue, (home, _text, fate) in zip(made.clues.order_by("position"), found, strict=True):
        filler = User.objects.filter(organisation=home, role=Role.FILLER).first()
        if fate != "open" and filler is not None:
            told = "已核对原始记录，说明见附（演示）。"
            clue = clues.step(filler, clue, "answered", text=told, revision=clue.revision, now=now)  # noqa: PLW2901
        bureau = User.objects.filter(organisation=clue.city, role=Role.OFFICER).first()
        if fate == "reported" and clue.city is not None and bureau is not None:
            told = "现场核实，企业说明属实（演示）。"
            clues.step(bureau, clue, "reported", text=told, verdict="false", revision=clue.revision, now=now)
