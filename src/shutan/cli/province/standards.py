"""Instruments and self-assessments of the demonstration: every title and text says that it is made up and binds nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shutan.apps.accounts.models import User
from shutan.apps.standards import assessments, instruments, opinions
from shutan.apps.standards.models import Assessment, Instrument, Item, Link, Version
from shutan.cli.province.listing import noon

ISSUER = "演示省级主管部门（虚构）"
NOTHING_BINDING = "本文件为演示数据，内容虚构，不具有任何效力。"
Kind, Level = Instrument.Kind, Item.Level


@dataclass(frozen=True)
class Paper:
    """A made-up instrument: what it says and the clause of the rule book (rule set, clause) it is about."""

    kind: str
    zh: str
    en: str
    articles: tuple[str, ...]
    clause: tuple[str, str]

    @property
    def text(self) -> str:
        """The wording, article by article."""
        lines = [f"第{number}条　{one}" for number, one in zip("一二三四五六", self.articles, strict=False)]
        return "\n".join((NOTHING_BINDING, *lines))


FORMER = Paper(
    Kind.NORMATIVE,
    "碳排放数据月度存证办法（试行）（演示）",
    "Trial measures on monthly evidence of emission data (demonstration)",
    ("企业按月保存燃料消耗和检测的原始记录。", "记录保存期限由企业在数据质量控制方案中写明。"),
    ("power", "AG 6.2.1(1)"),
)
PRESENT = Paper(
    Kind.NORMATIVE,
    "碳排放数据月度存证办法（演示）",
    "Measures on monthly evidence of emission data (demonstration)",
    (
        "企业按月保存燃料消耗和检测的原始记录，并在系统中存证。",
        "原始记录包括计量读数、入炉煤台账和检测报告。",
        "市级主管部门可以查阅存证；查阅须记录人员、时间和事由。",
        "本办法施行之日起，试行办法同时废止。",
    ),
    ("power", "AG 6.2.1(1)"),
)
DRAFT = Paper(
    Kind.GUIDE,
    "入炉煤采样与留样技术指南（征求意见稿）（演示）",
    "Technical guide on sampling coal as fired (draft, demonstration)",
    (
        "采样点设在给煤机之前，避开落差和死区。",
        "留样密封保存，标签写明机组、日期和采样人。",
        "检测机构收样时核对封签；封签破损的样品不予检测。",
    ),
    ("power", "AG 6.2.1(1)"),
)


def make(today: date) -> None:
    """Make an instrument that was repealed, the one in force, a draft on which opinions are sought, and two years' assessments."""
    if not Instrument.objects.exists():
        former = _published(FORMER, today - timedelta(700))
        present = _published(PRESENT, today - timedelta(200))
        since = present.in_force_from
        assert since is not None  # noqa: S101 - it was just published
        instruments.repeal(
            _lead(),
            former.instrument,
            repealed_from=since,
            document=f"{present.instrument.title_zh}第四条",
            by=present.instrument,
            now=noon(since),
        )
        _sought(DRAFT, today - timedelta(9), today + timedelta(21))
    if not Assessment.objects.exists():
        _assessed(today)


def _person(username: str) -> User:
    return User.objects.select_related("organisation").get(username=username)


def _lead() -> User:
    return _person("regulator-lead")


def _sought(paper: Paper, begins: date, ends: date) -> Version:
    """Draft a paper, ask everybody for opinions and let an enterprise and someone of the public send one each."""
    officer = _person("regulator")
    given = {"kind": paper.kind, "title_zh": paper.zh, "title_en": paper.en, "issuer": ISSUER}
    version = instruments.draft(officer, text=paper.text, now=noon(begins - timedelta(20)), **given)
    rule_set, clause = paper.clause
    instruments.link(
        officer,
        version,
        kind=Link.Kind.CLAUSE,
        rule_set=rule_set,
        name=clause,
        now=noon(begins - timedelta(15)),
    )
    now = noon(begins)
    version = instruments.take_step(
        officer, version, "seek_opinions", opinions_from=begins, opinions_until=ends, now=now
    )
    later = noon(begins + timedelta(4))
    opinions.opine(
        _person("carbon"),
        version,
        content="建议写明电子记录与纸质记录的效力相同。",
        place="第一条",
        now=later,
    )
    opinions.opine(None, version, content="希望用语再通俗一些。", name="市民（虚构）", now=later)
    return version


def _published(paper: Paper, day: date) -> Version:
    """Take a paper all the way: opinions answered, legality reviewed by another person, published on a day."""
    officer = _person("regulator")
    version = _sought(paper, day - timedelta(60), day - timedelta(30))
    answered = noon(day - timedelta(25))
    for opinion, outcome, text in zip(
        version.opinions.order_by("pk"),
        ("adopted", "noted"),
        ("采纳，已在数据质量控制方案模板中写明。", "已对文字作了修改。"),
        strict=True,
    ):
        opinions.answer(officer, opinion, outcome=outcome, text=text, now=answered)
    instruments.take_step(officer, version, "send_to_review", now=answered)
    why = "程序和内容未见与上位法抵触（演示）。"
    instruments.take_step(_lead(), version, "clear", why=why, now=noon(day - timedelta(10)))
    return instruments.take_step(
        _lead(),
        version,
        "publish",
        number=f"演示〔{day.year}〕1号",
        published_on=day,
        in_force_from=day + timedelta(30),
        now=noon(day),
    )


def _assessed(today: date) -> None:
    """Last year's assessment of the first plant, signed, with an improvement done and verified; this year's half done."""
    filler, reviewer, signer = (_person(f"carbon{role}") for role in ("", "-reviewer", "-responsible"))
    home = filler.organisation
    assert home is not None  # noqa: S101 - everybody of the demonstration belongs to one
    begun, signed = today - timedelta(300), today - timedelta(260)
    last = assessments.begin(filler, home, today.year - 1, now=noon(begun))
    for place, item in enumerate(assessments.items(last)):
        _answered(filler, item, (Level.MET, Level.PARTLY, Level.MET)[place % 3], begun)
    assessments.sign(signer, last, now=noon(signed))
    weak = next(item for item in assessments.items(last) if item.level == Level.PARTLY)
    planned = assessments.plan_improvement(
        filler,
        weak,
        what="补充计量器具台账并每季度核对（演示）",
        responsible=filler,
        due=signed + timedelta(120),
        now=noon(signed),
    )
    done = noon(signed + timedelta(90))
    assessments.finish_improvement(filler, planned, result="台账已补齐（演示）", now=done)
    assessments.verify_improvement(reviewer, planned, accept=True, now=done)
    this = assessments.begin(filler, home, today.year, now=noon(today - timedelta(20)))
    items = assessments.items(this)
    for place, item in enumerate(items[: len(items) // 2 + 1]):
        _answered(filler, item, (Level.MET, Level.NOT_MET)[place % 4 == 1], today - timedelta(10))
    assessments.plan_improvement(
        filler,
        items[1],
        what="修订岗位职责并培训（演示）",
        responsible=signer,
        due=today + timedelta(45),
        now=noon(today),
    )


def _answered(filler: User, item: Item, level: str, day: date) -> None:
    finding = "" if level == Level.MET else "记录不完整，见改进措施（演示）"
    assessments.assess(filler, item, level=level, finding=finding, revision=item.revision, now=noon(day))
    if level == Level.MET:
        assessments.add_evidence(filler, item, title="管理文件与记录清单（演示）", now=noon(day))
