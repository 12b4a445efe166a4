"""Rows of the apps about one enterprise, each with a word in it that only the enterprise or its authorities may read.

Their first keys are all the same (see world.py); each function returns nothing.
"""

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.extend(  # their helpers are imported by name
    str(Path(__file__).parents[1] / "apps" / name) for name in ("bodies", "duties", "labreports", "schemes")
)

import bodies_helpers
import duties_helpers
import labreports_helpers
import schemes_helpers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import Organisation
from shutan.apps.archives import actions as archives
from shutan.apps.archives.models import Archive
from shutan.apps.bodies import actions as bodies
from shutan.apps.bodies.models import Body
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.common.files import Upload
from shutan.apps.departments.models import Delivery, Figure
from shutan.apps.directory import actions as directory
from shutan.apps.directory.consequences import Happened
from shutan.apps.directory.events import record_event
from shutan.apps.disclosure import actions as disclosure
from shutan.apps.disclosure.models import Disclosure, Measure
from shutan.apps.duties.models import AnnualEmission, Candidate, Duty, Extension, RightsNotice
from shutan.apps.filing import actions as filing
from shutan.apps.filing import cells, mappings, papers, plant_sheets
from shutan.apps.filing.models import Book, MonthlyFiling
from shutan.apps.policies import actions as policies
from shutan.apps.referrals.actions import send
from shutan.apps.reporting import actions as reporting
from shutan.apps.reporting import notices
from shutan.apps.review import asking
from shutan.apps.review.actions import keep_phrase
from shutan.apps.review.models import Clue, ClueList, ClueWord, MonthFinding
from shutan.apps.schemes import actions as schemes
from shutan.apps.standards import assessments, instruments
from shutan.cli.demonstration import declare

ENTITY, NEW_NAME, PLANT, LINE, NOTE = "泄密法人", "泄密新名", "泄密厂区", "泄密产线", "泄密事由"
EMISSION, DUTY, EXTENSION, CANDIDATE = "泄密核查书", "泄密义务", "泄密延期", "泄密候选"
CLIENT, INSTRUMENT, FAULT = "泄密客户", "泄密仪器", "泄密查处"
FINDING, IMPROVEMENT, DRAFT = "泄密自评", "泄密改进", "泄密草案"
UNIT, PAPER, MAPPING = "泄密机组", "泄密扫描件", "泄密列映射"
REFERRAL = "泄密移送"
DELIVERED, DELIVERED_MWH = "泄密电量", Decimal("918273.6455")
QUESTION, FOUND, PHRASE, CLUE = "泄密追问", "泄密发现", "泄密模板", "泄密线索"
METER, ESTIMATE, TESTED, POLICY = "泄密皮带秤", "泄密措施", "泄密检测所", "泄密举措"
LEDGER, ARCHIVE = "泄密台账", "泄密档案"
SECRETS = (
    *(ENTITY, NEW_NAME, PLANT, LINE, NOTE),
    *(EMISSION, DUTY, EXTENSION, CANDIDATE),
    *(CLIENT, INSTRUMENT, FAULT),
    *(FINDING, IMPROVEMENT, DRAFT),
    *(UNIT, PAPER, MAPPING),
    *(DELIVERED, "918273.6455", "918,273.6455"),
    *(REFERRAL, METER, ESTIMATE, TESTED, POLICY, LEDGER, ARCHIVE),
    *(QUESTION, FOUND, PHRASE, CLUE),
)
SYSTEM = System("test")
SINCE = date(2020, 1, 1)
PLACE = {"division": "510502", "sector": "power"}


def of_directory(home, now, today):
    """The enterprise's legal person, facility and line, and a change of its name that waits for the province."""

    def made(kind, **facts):
        return directory.create_entity(
            SYSTEM, kind, facts, since=SINCE, now=now, today=today, organisation=facts.pop("home", None)
        )

    owner = made("legal_person", name=ENTITY, credit_code=duties_helpers.code(77), home=home, **PLACE)
    plant = made("facility", name=PLANT, owner=str(owner.pk), **PLACE)
    directory.create_entity(
        SYSTEM,
        "line",
        {"name": LINE, "facility": str(plant.pk), "sector": "power"},
        since=SINCE,
        state="operating",
        now=now,
        today=today,
    )
    renamed = Happened("name_change", today - timedelta(days=2), owner, values={"name": NEW_NAME}, note=NOTE)
    record_event(SYSTEM, renamed, now=now, today=today)
    return owner


def of_duties(owner, home, department, now, today):
    """The enterprise on a list that is still a draft, what it owes, and what a department says of it."""
    AnnualEmission.objects.create(
        entity=owner, year=2024, activity="POWER", code="C4411", basis="verified", direct_t=30000,
        source=EMISSION, recorded_at=now,
    )  # fmt: skip
    entry = duties_helpers.draft(actor=SYSTEM).entries.get()
    RightsNotice.objects.create(entry=entry, organisation=home, told_at=now)
    duty = Duty.objects.create(
        entry=entry, entity=owner, organisation=home, unit_name=DUTY, division="510502", sector="power",
        standing="ets", name="annual_report", year=2026, due=today, source="x", status="confirmed",
    )  # fmt: skip
    Extension.objects.create(duty=duty, until=today, reason=EXTENSION, given_at=now)
    Candidate.objects.create(
        organisation=department, name=CANDIDATE, credit_code=duties_helpers.code(78), year=2024,
        energy_tce=Decimal(1), uploaded_at=now,
    )  # fmt: skip


def of_bodies(signer, officer, now, today):
    """A service body with a public page, whose record names its clients and instruments; a finding not yet settled."""
    body = bodies_helpers.a_body(signer)
    for part, values in (
        ("works", bodies_helpers.WORK | {"client_name": CLIENT}),
        ("instruments", bodies_helpers.INSTRUMENT | {"serial_number": INSTRUMENT}),
    ):
        row = SECTIONS[part].model._default_manager.get(body=body)
        bodies_helpers.keep(signer, body, part, values, row=row, revision=row.revision)
    bodies_helpers.publish(signer, officer, body)
    published = Body.objects.get(pk=body.pk)
    bodies.record_finding(
        officer, published, found_on=today, source="抽查", title=FAULT, is_public=True, now=now
    )


def of_archives(filler, now):
    """A record of the enterprise on paper, and an archive that was made of its records."""
    told = {"kind": "ledger", "title": LEDGER, "year": 2025}
    archives.keep(filler, filler.organisation, told, now=now)
    made = Archive.objects.create(
        organisation=filler.organisation, purpose="inspection", first_year=2025, last_year=2025, reason=ARCHIVE,
        state="done", size=1, asked_by=filler, asked_at=now, done_at=now,
    )  # fmt: skip
    default_storage.save(made.place, ContentFile(ARCHIVE.encode()))


def of_filing(filler, now):
    """The enterprise's book of a year and a month of it that is still a draft, with a paper."""
    book = filing.open_book(filler, filler.organisation, rule_set="power", year=2025, now=now)
    kind = cells.Change("units", (UNIT,), "unit_category", "CONVENTIONAL_BELOW_300")
    cells.save(filler, book, [kind, cells.Change("units", (UNIT,), "", "")], now=now)
    month = filing.open_month(filler, book, 3, now=now)
    hours = cells.Change("generator_months", (UNIT, "发电机"), "generator_hours", "700")
    cells.save(filler, month, [hours], now=now)
    papers.add(filler, month, [Upload(f"{PAPER}.pdf", b"%PDF-1.4")], now=now)
    target = plant_sheets.Target("fuel_months", (UNIT, "烟煤"), "fuel_consumption_reported")
    layout = plant_sheets.Layout(columns=(plant_sheets.Column("煤量", target),))
    told = {"rule_set_name": "power", "name": MAPPING, "layout": layout}
    mappings.save_mapping(filler, filler.organisation, **told, now=now)


def corrected_month(filler, now):
    """A further month of the enterprise's book, accepted, and its correction, still a draft."""
    april = {"book": Book.objects.get(), "month": 4, "created_at": now, "changed_at": now}
    filed = MonthlyFiling.objects.create(
        **april, state="accepted", submitted_by=filler, submitted_at=now, content_digest="x"
    )
    MonthlyFiling.objects.create(**april, version=2, previous=filed, reason=UNIT)


def of_standards(filler, officer, now, today):
    """The enterprise's self-assessment, and a text that the province has not shown yet."""
    made = assessments.begin(filler, filler.organisation, 2026, now=now)
    item = made.items.earliest("pk")
    assessments.assess(filler, item, level="met", finding=FINDING, revision=item.revision, now=now)
    assessments.plan_improvement(filler, item, what=IMPROVEMENT, responsible=filler, due=today, now=now)
    instruments.draft(
        officer, kind="normative", title_zh=DRAFT, issuer="省生态环境厅", text=f"第一条 {DRAFT}。", now=now
    )


def of_departments(home, now):
    """What the grid company says of the enterprise: province and city read it, the enterprise does not."""
    grid = Organisation.objects.create(
        name_zh="电网公司", kind="grid", division_code="510000", created_at=now
    )
    sent = Delivery.objects.create(
        organisation=grid, kind="electricity", name=f"{DELIVERED}.csv", sha256="0" * 64, rows=1, at=now
    )
    Figure.objects.create(
        delivery=sent, credit_code="", name=f"{DELIVERED}{home.pk}", year=2025, month=3,
        variable="bought_mwh", number=DELIVERED_MWH,
    )  # fmt: skip


def of_referrals(officer, recipient, home, now, today):
    """A matter about the enterprise that the province sent to a department: the two alone read it."""
    send(officer, recipient=recipient, about=home, subject=REFERRAL, question=REFERRAL, due=today, now=now)


def of_review(officer, now, today):
    """The enterprise's month, now filed, with what a check found, what the province asks of it, and its template."""
    filed = {"state": "submitted", "submitted_at": now, "content_digest": "0" * 64}
    MonthlyFiling.objects.update(**filed)
    month = MonthlyFiling.objects.get()
    words = dict.fromkeys(("name", "subject", "message", "clears", "basis"), FOUND)
    MonthFinding.objects.create(
        filing=month, position=0, check_id="CMP-01", severity="high", trial=False, audience="all",
        **{f"{name}_{language}": text for name, text in words.items() for language in ("zh", "en")},
    )  # fmt: skip
    asking.ask(
        officer, month, text=QUESTION, due=today, uploads=[Upload(f"{QUESTION}.pdf", b"%PDF-1.4")], now=now
    )
    listed = ClueList.objects.create(
        title="清单", issued_on=today, due=today, source="0" * 64, source_name="a.xlsx", imported_at=now
    )
    clue = Clue.objects.create(
        clue_list=listed, position=1, credit_code="", name=CLUE, text=CLUE, organisation=month.organisation, changed_at=now
    )  # fmt: skip
    ClueWord.objects.create(clue=clue, kind="answered", text=CLUE, organisation=month.organisation, at=now)
    keep_phrase(officer, {"title": PHRASE, "text": PHRASE}, shared=True, now=now)


def of_schemes(filler, now):
    """The enterprise's schemes of two years that are still drafts, each with a facility, and a meter."""
    for year in (2027, 2028):
        draft = schemes.begin(filler, filler.organisation, "power", year, now=now)
        schemes.keep_row(filler, draft, "facilities", schemes_helpers.FACILITY, now=now)
    given = {"number": "1", "name": METER, "place": "煤场", "frequency": "连续", "accuracy": "0.5"}
    schemes.keep_meter(filler, filler.organisation, given | {"calibration_months": 12}, now=now)


def of_disclosure(report, now):
    """A disclosure that nobody has published, with a measure in it."""
    draft = Disclosure.objects.create(
        organisation=report.organisation,
        rule_set=report.rule_set,
        year=report.year,
        report=report,
        created_at=now,
        changed_at=now,
    )
    Measure.objects.create(disclosure=draft, position=0, name=ESTIMATE)


def registered_factor(officer, lead, now):
    """A value by notice (made up), which everybody reads; reports compute with it."""
    notice = notices.register_parameter(
        officer, rule_set="power", name="electricity_factor", values={(): Decimal("0.5")}, since=date(2024, 1, 1),
        document="示例通知", now=now,
    )  # fmt: skip
    notices.confirm_parameter(lead, notice, now=now)


def published_disclosure(responsible, report, now):
    """What everybody reads of another enterprise's submitted report."""
    declared = declare(responsible, report, now)
    submitted = reporting.submit(responsible, declared, revision=declared.revision, now=now)
    draft = disclosure.begin(responsible, submitted, now=now)
    disclosure.publish(responsible, draft, revision=draft.revision, now=now, why="")


def of_labreports(filler):
    """A test report that names a laboratory which has no log-in here."""
    labreports_helpers.record(filler, laboratory_name=TESTED)


def of_policies(filler, now, today):
    """The enterprise's policy of a year that is still a draft, with a measure."""
    held = policies.begin(filler, filler.organisation, 2026, now=now)
    values = {"text": POLICY, "person": "x", "due": today.isoformat()}
    policies.keep_measure(filler, held, values, now=now)
