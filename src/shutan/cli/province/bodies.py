"""Service bodies of the drawn province: every service of the plan, at every stage of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shutan.apps.accounts.demo import ACTOR, person_name
from shutan.apps.accounts.log import Actor
from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.apps.bodies import actions
from shutan.apps.bodies.models import Accreditation, Body, Service, Standing
from shutan.apps.bodies.sections import SECTIONS
from shutan.cli.province.drawing import Enterprise
from shutan.cli.province.listing import noon

MADE_UP = "演示（虚构）"
# Where a body is brought: published and how many days ago; under review; returned; a draft; suspended.
PUBLISHED, REVIEW, RETURNED, DRAFT, SUSPENDED = "published", "review", "returned", "draft", "suspended"


@dataclass(frozen=True)
class Part:
    """What one body of a kind offers, and how far its registration is brought."""

    kind: str
    services: tuple[str, ...]
    stage: str
    mark: str = ""  # the accreditation it holds
    scope: str = ""


COAL = "煤：全水分、元素碳、发热量（演示范围）"
# The first of a kind is the one with log-ins.
PARTS = (
    Part(Kind.VERIFIER, (Service.VERIFICATION,), PUBLISHED),
    Part(Kind.VERIFIER, (Service.VERIFICATION, Service.CERTIFICATION), PUBLISHED, Accreditation.Kind.CERTIFIER, "产品碳足迹（演示范围）"),
    Part(Kind.VERIFIER, (Service.VERIFICATION,), REVIEW),
    Part(Kind.LABORATORY, (Service.TESTING,), PUBLISHED, Accreditation.Kind.CMA, COAL),
    Part(Kind.LABORATORY, (Service.TESTING,), PUBLISHED, Accreditation.Kind.CNAS, COAL),
    Part(Kind.LABORATORY, (Service.TESTING,), SUSPENDED, Accreditation.Kind.CMA, COAL),
    Part(Kind.LABORATORY, (Service.TESTING,), RETURNED, Accreditation.Kind.CMA, "煤：全水分（演示范围）"),
    Part(Kind.SERVICE, (Service.CONSULTING, Service.REPORTING), PUBLISHED),
    Part(Kind.SERVICE, (Service.TECHNOLOGY,), PUBLISHED),
    Part(Kind.SERVICE, (Service.CONSULTING,), REVIEW),
    Part(Kind.EXCHANGE, (Service.TRADING,), PUBLISHED),
    Part(Kind.BANK, (Service.FINANCE,), PUBLISHED),
    Part(Kind.BANK, (Service.FINANCE,), DRAFT),
)  # fmt: skip
SUMMARIES = {
    Service.VERIFICATION: "年度排放报告技术审核",
    Service.TESTING: "煤质与燃料检测",
    Service.CONSULTING: "碳排放管理咨询、排放报告编制",
    Service.TECHNOLOGY: "节能降碳技术改造方案",
    Service.TRADING: "碳市场交易服务",
    Service.FINANCE: "碳减排项目融资",
}
LETTERS = {
    kind: letter for letter, kind in zip("VLSEB", dict.fromkeys(one.kind for one in PARTS), strict=True)
}


def make(
    made: list[Organisation], drawn: list[Enterprise], shown: dict[str, Organisation], today: date
) -> None:
    """Bring bodies into the register; nothing where a body is there already.

    Args:
        made: the offices of the province.
        drawn: its enterprises, whom the bodies work for.
        shown: of each kind the organisation that has log-ins.
        today: the day everything is told from.
    """
    if Body.objects.exists():
        return
    officer = User.objects.get(username="regulator")
    left = {
        kind: [shown[kind], *(one for one in made if one.kind == kind and one != shown[kind])]
        for kind in LETTERS
    }
    for number, part in enumerate(PARTS):
        home = left[part.kind].pop(0)
        record(home, part, number, drawn, today)
        decide(home, part, officer, today)
    _findings(shown, today)


def record(home: Organisation, part: Part, number: int, drawn: list[Enterprise], today: date) -> Body:
    """Write a body's record: profile, people, instruments, accreditations, work done and interests."""
    now, key = noon(today - timedelta(220 - 3 * number)), f"{part.kind}-{number}"
    body = actions.start(ACTOR, home, now=now)
    values = {
        "legal_representative": person_name(key),
        "registered_capital": f"{500 + 50 * number}",
        "premises": f"{MADE_UP}地址",
        "contact_name": person_name(f"{key}-contact"),
        "contact_phone": "000-00000000",
        "contact_email": f"{key}@example.invalid",
        "services": list(part.services),
        "summary": SUMMARIES[Service(part.services[0])],
        "quality_measures": "报告三级复核；底稿留存十年（演示）",
        "impartiality_measures": "承接前查验利益关系；审核人员轮换（演示）",
    }
    actions.change_profile(ACTOR, body, values, revision=body.revision, now=now)
    rows = _rows(part, number, today)
    if drawn and part.stage != DRAFT:
        for place in range(3):
            client = drawn[(7 * number + place) % len(drawn)]
            rows.append(("works", {
                "service": part.services[0], "year": str(today.year - 1), "client_name": client.zh, "client_code": client.code,
                "subject": f"{SUMMARIES[Service(part.services[0])]}（演示）",
                "finished_on": (today - timedelta(30 * place + 230)).isoformat(), "in_province": "on",
            }))  # fmt: skip
    for name, row in rows:
        actions.keep_row(ACTOR, body, SECTIONS[name], row, now=now)
    return body


def _rows(part: Part, number: int, today: date) -> list[tuple[str, dict[str, str]]]:
    """People, instruments and the accreditation of a body; some run out soon, so that this can be seen."""
    key, letter = f"{part.kind}-{number}", LETTERS[part.kind]
    soon, later = (today + timedelta(days) for days in (25, 500))
    found = [
        ("people", {
            "name": person_name(f"{key}-{place}"), "position": "技术负责人" if place == 0 else "专业人员", "is_full_time": "on",
            "since": f"{today.year - 6 - place}-07-01", "certificate": f"{MADE_UP}资格证书",
            "certificate_number": f"示范-{letter}{number:02d}{place:02d}", "issuer": f"{MADE_UP}发证机构",
            "valid_to": (later if place else soon).isoformat(), "sectors": "发电、水泥",
        })
        for place in range(3)
    ]  # fmt: skip
    if part.mark:
        found.append(("accreditations", {
            "kind": part.mark, "number": f"示范-{letter}{number:04d}", "issuer": f"{MADE_UP}发证机构", "scope": part.scope,
            "valid_from": f"{today.year - 3}-01-01", "valid_to": (soon if part.mark == Accreditation.Kind.CNAS else later).isoformat(),
        }))  # fmt: skip
    if part.kind == Kind.LABORATORY:
        for place, (name, measures) in enumerate(
            (("量热仪", "发热量"), ("元素分析仪", "元素碳"), ("鼓风干燥箱", "全水分"))
        ):
            found.append(("instruments", {
                "name": name, "serial_number": f"示范-{number:02d}{place:02d}", "measures": measures,
                "calibrated_on": (today - timedelta(340)).isoformat(),
                "valid_to": (soon if place == 0 else later).isoformat(), "calibrated_by": f"{MADE_UP}计量机构",
            }))  # fmt: skip
    return found


def decide(home: Organisation, part: Part, officer: User, today: date) -> None:
    """Apply for the body and let the province answer, as far as its stage goes."""
    if part.stage == DRAFT:
        return
    applied, decided = (
        (today - timedelta(6), today - timedelta(1))
        if part.stage in (REVIEW, RETURNED)
        else (today - timedelta(150), today - timedelta(140))
    )
    body = Body.objects.get(organisation=home)
    signer: Actor = (
        User.objects.filter(organisation=home, role__in=(Role.RESPONSIBLE, Role.ADMIN))
        .order_by("-role")
        .first()
        or ACTOR
    )
    sent = actions.submit(signer, body, revision=body.revision, note=MADE_UP, now=noon(applied))
    if part.stage == REVIEW:
        return
    returned = part.stage == RETURNED
    reason = "服务范围为检测，资质范围缺少元素碳：请补充或调整（演示）" if returned else ""
    until = None if returned else decided + timedelta(3 * 365)
    actions.decide(officer, sent, approve=not returned, reason=reason, valid_until=until, now=noon(decided))
    if part.stage == SUSPENDED:
        why = "人员证书过期未更新（演示）"
        actions.change_standing(
            officer, body, Standing.Kind.SUSPENDED, reason=why, now=noon(today - timedelta(12))
        )


def _findings(shown: dict[str, Organisation], today: date) -> None:
    """Findings at the bodies with log-ins: one closed and public, one answered, one that waits for its answer."""
    inspector = User.objects.get(username="market-officer")
    officer = User.objects.get(username="regulator")
    for kind, title, day in (
        (Kind.LABORATORY, "校准证书缺页（演示）", 60),
        (Kind.LABORATORY, "样品留存不足规定时间（演示）", 20),
        (Kind.VERIFIER, "核查底稿缺少现场照片（演示）", 8),
    ):
        body = Body.objects.get(organisation=shown[kind])
        finding = actions.record_finding(
            inspector if kind == Kind.LABORATORY else officer,
            body,
            found_on=today - timedelta(day),
            source="双随机抽查（演示）",
            title=title,
            is_public=True,
            now=noon(today - timedelta(day - 1)),
        )
        if kind == Kind.LABORATORY:
            answer = "已补齐，并修订管理程序（演示）"
            actions.answer_finding(ACTOR, finding, answer, now=noon(today - timedelta(day - 5)))
        if day == 60:  # noqa: PLR2004 - the oldest is closed
            actions.close_finding(
                inspector, finding, "整改完成（演示）", now=noon(today - timedelta(day - 15))
            )
