"""What goes on between the people of the demonstration: mandates at every stage, an inner deadline, an extension."""

from __future__ import annotations

from datetime import date, timedelta

from shutan.apps.accounts import mandates
from shutan.apps.accounts.demo import ACTOR, ORGANISATIONS
from shutan.apps.accounts.models import Area, Kind, Mandate, Organisation, User
from shutan.apps.duties.actions import extend, set_inner
from shutan.apps.duties.models import Duty, InnerDeadline
from shutan.cli.province.drawing import Enterprise
from shutan.cli.province.listing import noon


def make(agent: Organisation, drawn: list[Enterprise], today: date) -> None:
    """Give mandates to the service company with log-ins, and move dates of duties; nothing a second time."""
    if not Mandate.objects.exists():
        _mandates(agent, drawn, today)
    if not InnerDeadline.objects.exists():
        _dates(today)


def _mandates(agent: Organisation, drawn: list[Enterprise], today: date) -> None:
    """One in force, one that has ended, one revoked, one on offer; each of another enterprise."""
    coal, heat, gas = (
        Organisation.objects.get(name_zh=ORGANISATIONS[key][1]) for key in ("coal", "heat", "gas")
    )
    both = (Area.REPORTING, Area.DIRECTORY)
    _mandate(1, coal, agent, both, (today - timedelta(90), today + timedelta(275)))
    _mandate(2, heat, agent, (Area.REPORTING,), (today - timedelta(500), today - timedelta(135)))
    revoked = _mandate(3, gas, agent, (Area.REPORTING,), (today - timedelta(200), today + timedelta(165)))
    mandates.end(ACTOR, revoked, now=noon(today - timedelta(30)), why="改由本单位人员填报（演示）")
    if drawn:
        offering = Organisation.objects.get(credit_code=drawn[0].code)
        _mandate(4, offering, agent, both, (today, today + timedelta(365)), accepted=False)


def _mandate(
    number: int,
    principal: Organisation,
    agent: Organisation,
    areas: tuple[str, ...],
    days: tuple[date, date],
    *,
    accepted: bool = True,
) -> Mandate:
    """Give a mandate the day before the first of its days; the agent's responsible person accepts it."""
    begins, ends = days
    now = noon(begins - timedelta(1))
    made = mandates.give(
        ACTOR,
        principal=principal,
        agent=agent,
        areas=areas,
        begins=begins,
        ends=ends,
        number=f"演示委托〔{begins.year}〕{number}号",
        now=now,
    )
    if accepted:
        accepting = User.objects.get(username=f"{Kind.SERVICE}-responsible")
        mandates.accept(accepting, made, now=now)
    return made


def _dates(today: date) -> None:
    """The city of the first plant wants the next yearly duty a fortnight earlier; the province gives one late unit more time."""
    open_ = Duty.objects.filter(started_on=None, done_on=None, lapsed=False)
    ahead = open_.filter(month=0, due__gt=today + timedelta(30)).order_by("due", "pk").first()
    if ahead is not None and ahead.due is not None:
        set_inner(
            User.objects.select_related("organisation").get(username="city-lead"),
            name=ahead.name,
            sector=ahead.sector,
            year=ahead.year,
            day=ahead.due - timedelta(14),
            reason="市级集中审核需要时间（演示）",
            now=noon(today - timedelta(10)),
            today=today,
        )
    late = open_.filter(due__lt=today).order_by("due", "pk").first()
    if late is not None:
        extend(
            User.objects.select_related("organisation").get(username="regulator-lead"),
            late,
            until=today + timedelta(45),
            reason="汛期停产，原始记录受损（演示）",
            document="演示延期〔1〕号",
            revision=None,
            now=noon(today - timedelta(5)),
            today=today,
        )
