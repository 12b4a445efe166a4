"""What the tests of lists and duties share: a day, units, emissions, a list brought to publication."""

from datetime import UTC, date, datetime, timedelta

from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.export import as_csv
from shutan.apps.common.files import Upload
from shutan.apps.duties import intake, steps
from shutan.apps.duties.models import AnnualEmission
from shutan.rules.common.codes import credit_code_check_character

NOW = datetime(2025, 10, 20, 4, tzinfo=UTC)
TODAY = date(2025, 10, 20)
SINCE = date(2020, 1, 1)
SYSTEM = System("test")
HEADS = [
    "统一社会信用代码",
    "年度",
    "行业活动",
    "行业代码",
    "数据性质",
    "直接排放量",
    "温室气体排放总量",
    "综合能源消费量",
    "来源",
]


def code(number):
    """A valid credit code."""
    body = f"91510100MA{number:07d}"
    return body + credit_code_check_character(body)


def organisation(name, kind="enterprise", division="510100"):
    return Organisation.objects.create(kind=kind, name_zh=name, division_code=division, created_at=NOW)


def user(username, home, role):
    return User.objects.create_user(
        username=username, organisation=home, role=role, password="x", email=f"{username}@example.org"
    )


def emission(
    entity, year, direct, *, basis="verified", activity="POWER", sector_code="C4411", total=None, energy=None
):
    return AnnualEmission.objects.create(
        entity=entity,
        year=year,
        activity=activity,
        code=sector_code,
        basis=basis,
        direct_t=direct,
        total_t=total,
        energy_tce=energy,
        source="核查报告",
        recorded_at=NOW,
    )


def csv_file(heads, rows, name="data.csv"):
    return Upload(name, as_csv("", heads, rows))


def upload_emissions(rows, actor=SYSTEM):
    return intake.record_emissions(actor, csv_file(HEADS, rows), now=NOW, today=TODAY)


def draft(kind="ets", sector="power", year=2026, actor=SYSTEM):
    return steps.make(actor, kind=kind, sector=sector, year=year, now=NOW, today=TODAY)


def publish(unit_list, people, actor=SYSTEM, today=TODAY):
    """Ask one department, let it agree, give notice until today, publish."""
    unit_list.refresh_from_db()
    asked = steps.ask_opinions(
        actor,
        unit_list,
        organisations=[people["industry"].organisation],
        by=today + timedelta(days=5),
        revision=unit_list.revision,
        now=NOW,
        today=today,
    )
    steps.answer_opinion(people["industry"], asked.opinions.get(), answer="agrees", now=NOW)
    asked.refresh_from_db()
    noticed = steps.give_notice(actor, asked, until=today, revision=asked.revision, now=NOW, today=today)
    return steps.publish(
        actor, noticed, document="川环函〔2025〕1号", revision=noticed.revision, now=NOW, today=today
    )


def published(people, direct="30000", **kwargs):
    """The power list of 2026 with the units whose emissions reach the threshold."""
    for entity in people["entities"][:2]:
        emission(entity, 2024, direct)
    return publish(draft(**kwargs), people)


def stands(unit_list):
    """Who stands on a list, by name."""
    return sorted(unit_list.entries.filter(stands=True).values_list("name", flat=True))
