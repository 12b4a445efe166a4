"""What goes on between the people of the demonstration: mandates and referrals at every stage, an inner deadline, an extension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shutan.apps.accounts import mandates
from shutan.apps.accounts.demo import ACTOR, ORGANISATIONS
from shutan.apps.accounts.models import Area, Kind, Mandate, Organisation, User
from shutan.apps.duties.actions import extend, set_inner
from shutan.apps.duties.models import Duty, InnerDeadline
from shutan.apps.referrals.actions import send, step
from shutan.apps.referrals.models import Referral
from shutan.cli.province.drawing import Enterprise
from shutan.cli.province.listing import noon


def make(agent: Organisation, drawn: list[Enterprise], today: date) -> None:
    """Give mandates to the service company with log-ins, and move dates of duties; nothing a second time."""
    if not Mandate.objects.exists():
        _mandates(agent, drawn, today)
    if not InnerDeadline.objects.exists():
        _dates(today)
    if not Referral.objects.exists():
        _referrals(today)


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


@dataclass(frozen=True)
class Matter:
    """A made-up matter: who asks whom by log-in, days ago, days to answer; then what was said: (step, who, days ago, words)."""

    asker: str
    asked: str
    sent: int
    days: int
    subject: str
    question: str
    said: tuple[tuple[str, str, int, str], ...] = ()


MATTERS = (
    Matter(
        "regulator", "market-officer", 4, 20, "请核对煤质检测机构的资质认定附表（演示）",
        "示范检测报告列有元素碳和收到基低位发热量两项。请核对出具报告的机构在检测当日的资质认定附表是否包括这两项，并告知附表的有效期。",
    ),
    Matter(
        "city-officer", "regulator", 6, 10, "机组合并填报问题请示（演示）",
        "辖区示范电厂两台机组共用一套入炉煤皮带秤，企业拟合并填报。请明确合并后产量和供热量如何分摊。",
    ),
    Matter(
        "regulator", "grid-officer", 25, 15, "请提供全年下网电量（演示）",
        "请提供示范电厂上一年度分月下网电量和关口表编号，用于与企业填报的购入使用电量核对。",
        (("answer", "grid-officer", 14, "分月下网电量和关口表编号已按户号核对，数据表随纸质函送达。本单位无该厂自备线路的计量数据。"),),
    ),
    Matter(
        "regulator", "statistics-officer", 60, 20, "请核对能源消费量口径（演示）",
        "请说明示范电厂能源消费统计报表中原煤消费量是否包括基建调试用煤。",
        (
            ("answer", "statistics-officer", 48, "报表按生产消费填报，不含基建调试用煤。"),
            ("ask_again", "regulator", 47, "请再说明四季度的数值是否经过修订。"),
            ("answer", "statistics-officer", 40, "四季度数值为年报定案数，未再修订。"),
            ("close", "regulator", 38, "口径已清楚，办结。"),
        ),
    ),
    Matter(
        "regulator", "industry-officer", 18, 15, "请提供示范电厂用地审批文件（演示）",
        "请提供示范电厂扩建工程的用地审批文件，用于核对核算边界。",
        (("return", "industry-officer", 16, "用地审批不属本部门职责，请向自然资源主管部门索取。"),),
    ),
)  # fmt: skip


def _referrals(today: date) -> None:
    """Matters about the first plant: one that waits, one that came in, one answered, one closed after a second question, one returned."""
    plant = Organisation.objects.get(name_zh=ORGANISATIONS["coal"][1])
    people = {one.username: one for one in User.objects.select_related("organisation")}
    for number, one in enumerate(MATTERS, start=1):
        sent = today - timedelta(one.sent)
        recipient = people[one.asked].organisation
        assert recipient is not None  # noqa: S101 - an officer belongs to one
        made = send(
            people[one.asker],
            recipient=recipient,
            subject=one.subject,
            number=f"演示函〔{sent.year}〕{number}号",
            question=one.question,
            due=sent + timedelta(one.days),
            about=plant,
            now=noon(sent),
        )
        for name, username, ago, text in one.said:
            now = noon(today - timedelta(ago))
            made = step(people[username], made, name, text=text, revision=made.revision, now=now)


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
