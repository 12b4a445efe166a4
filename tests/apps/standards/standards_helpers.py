"""People and instruments that the tests of rules and standards share."""

from datetime import UTC, date, datetime, timedelta

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.standards import instruments, opinions
from shutan.apps.standards.models import Version

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
TODAY = date(2026, 5, 1)
DAY = timedelta(days=1)
TEXT = "第一条 为规范数据管理，制定本办法。\n第二条 本办法适用于省内重点排放单位。"


def organisation(name, kind=Kind.ENTERPRISE, division="510100", **more):
    return Organisation.objects.create(
        kind=kind, name_zh=name, division_code=division, created_at=NOW, **more
    )


def user(username, home, role):
    return User.objects.create_user(username=username, organisation=home, role=role, password="x")


def drafted(people, title="数据质量管理办法", kind="normative", text=TEXT):
    return instruments.draft(
        people["officer"], kind=kind, title_zh=title, issuer="省生态环境厅", text=text, now=NOW
    )


def step(person, version, name, now=NOW, **given):
    return instruments.take_step(person, version, name, now=now, **given)


def sought(people, **more):
    """A draft on which opinions are sought for ten days."""
    version = drafted(people, **more)
    return step(
        people["officer"], version, "seek_opinions", opinions_from=TODAY, opinions_until=TODAY + 10 * DAY
    )


def published(people, since=TODAY, number="川环发〔2026〕1号", **more):
    """An instrument published without opinions, with the reason."""
    version = drafted(people, **more)
    step(people["officer"], version, "send_to_review", why="转录已公布文件")
    step(people["lead"], version, "clear", why="合法")
    return step(people["officer"], version, "publish", number=number, published_on=TODAY, in_force_from=since)


def said(version, sender=None, content="第二条应列明行业。", **more):
    return opinions.opine(sender, Version.objects.get(pk=version.pk), content=content, now=NOW, **more)
