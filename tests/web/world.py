"""One enterprise with rows in every app, and every address that the router knows, with those rows' keys in it.

All its rows get the same key in every table, so that every route with a number in its address finds one, new routes
too. Strangers ask for them in test_leaks.py; test_every_page.py and its twin in tests/browser look at every page. A
new app puts rows into `fill` (leak_rows.py).
"""

import itertools
import sys
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "apps" / "reporting"))

import leak_rows
from reporting_helpers import create

from shutan.apps.accounts import actions, mandates, people
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.departments.kinds import KINDS as DATA_KINDS
from shutan.apps.directory.models import EntityKind
from shutan.apps.duties.views.lists import STEP_FORMS
from shutan.apps.referrals.actions import STEPS as REFERRAL_STEPS
from shutan.apps.review.asking import STEPS as REVIEW_STEPS
from shutan.apps.review.clues import STEPS as CLUE_STEPS
from shutan.apps.review.subjects import KINDS as REVIEWED
from shutan.apps.standards.procedure import STEPS

KEY = 424_242
# The first two characters are searched for, all of them must not come back.
NAME, PERSON, REPORT, MANDATE, REASON = "泄密厂乙丙", "泄密人乙丙", "泄密报告书", "泄密委托书", "泄密的原因"
SECRETS = (NAME, PERSON, REPORT, MANDATE, REASON, *leak_rows.SECRETS)
ASKED = "泄密"

# What stands in addresses beside numbers: of one route, or of all that have none of their own; else it is "x".
WORDS = {
    "rules": ["power"],
    "name": ["enterprise_emissions"],
    "kind": ["json", "xlsx"],
    "part": ["works", "instruments"],
    "year": [2024],
    "clause_id": ["AG 6.2.1(1)"],
    "number": ["B.3"],
    "reporting:parameter name": ["electricity_factor"],
    "reporting:notice_form name": ["electricity_factor"],
    "labreports:year year": [2026],
    "filing:month pk": [KEY, KEY + 2],  # the one that was filed, and a correction that is written
    "filing:changes pk": [KEY + 2],
    "filing:sheet pk": [KEY + 2],
    "disclosure:page pk": [KEY + 1],  # the published one
    "disclosure:download pk": [KEY + 1],
    "directory:kind kind": EntityKind.values,
    "directory:create kind": EntityKind.values,
    "duties:template kind": ["emissions", "candidates"],
    "duties:list_step name": list(STEP_FORMS),
    "duties:duty_change name": ["done", "extend", "reopen"],
    "departments:upload kind": list(DATA_KINDS),
    "departments:template kind": list(DATA_KINDS),
    "archives:record source": ["archives.paper", "filing.evidencefile"],
    "api:record source": ["archives.paper", "filing.evidencefile"],
    "archives:close name": ["hand_over", "dispose"],
    "policies:export kind": ["docx", "pdf"],
    "referrals:step name": list(REFERRAL_STEPS),
    "standards:step name": list(STEPS),
    "what": list(REVIEWED),
    "review:report pk": [KEY + 1],  # the submitted one
    "review:decide name": sorted({step for one in REVIEWED.values() for step in one.decisions}),
    "review:step kind": list(REVIEW_STEPS),
    "review:clue_step kind": list(CLUE_STEPS),
    "api:rule_set_template name": ["power"],
    "api:rule_set_schema name": ["power"],
    "api:rule_set_clauses name": ["power"],
    "api:rule_set_parameters name": ["power"],
    "api:rule_set_parameter name": ["power"],
}
# A legal person, its facility, its line: the directory keeps them in one table.
KEYS = (KEY, KEY + 1, KEY + 2)


def routes(resolver=None, space="", taken=()):
    """Name of every route and the names of what its address takes, by kind of value."""
    for pattern in (resolver or get_resolver()).url_patterns:
        takes = {**dict(taken), **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner, tuple(takes.items()))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", takes


def is_of_allauth(route):
    """Its pages are about the person who asks."""
    return route.startswith(("account_", "mfa_", "usersessions_", "socialaccount_", "openid"))


def addresses():
    """Every address a stranger may try."""
    for route, takes in routes():
        if is_of_allauth(route):
            continue
        numbers = [
            name
            for name, one in takes.items()
            if type(one).__name__ == "IntConverter" and name != "year" and f"{route} {name}" not in WORDS
        ]
        words = [WORDS.get(f"{route} {name}") or WORDS.get(name, ["x"]) for name in takes.keys() - numbers]
        for key in KEYS if "directory" in route and numbers else KEYS[:1]:
            for said in itertools.product(*words):
                values = dict.fromkeys(numbers, key) | dict(zip(takes.keys() - numbers, said, strict=True))
                try:
                    yield route, reverse(route, kwargs=values), bool(takes)
                except NoReverseMatch:
                    continue


def fill():
    """The enterprise with a secret in every table; who owns them."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            if model._meta.db_table in tables:
                place = [f'"{model._meta.db_table}"', model._meta.pk.column]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [*place, KEY])
    now = timezone.now()
    home = Organisation.objects.create(
        name_zh=NAME, kind=Kind.ENTERPRISE, division_code="510500", created_at=now
    )
    boss = person("boss", home, "admin")
    colleague = person("colleague", home, "filler")
    agent = person("agent", organisation("代理公司", Kind.SERVICE), "admin")
    today = timezone.localdate(now)
    offered = mandates.give(
        boss, principal=home, agent=agent.organisation, areas=[Area.REPORTING], begins=today, ends=today,
        number=MANDATE, now=now,
    )  # fmt: skip
    mandates.accept(agent, offered, now=now)
    actions.create_token(boss, label=REASON, now=now)
    people.appoint_deputy(boss, boss, colleague, begins=today, ends=today, now=now, why=REASON)
    officer = person("officer", organisation("省厅", Kind.PROVINCE), "officer")
    leak_rows.registered_factor(officer, person("lead", officer.organisation, "lead"), now)
    report = create(boss, title=REPORT).report
    owner = leak_rows.of_directory(home, now, today)
    statistics = organisation("统计局", Kind.STATISTICS)
    leak_rows.of_duties(owner, home, statistics, now, today)
    leak_rows.of_departments(home, now)
    leak_rows.of_referrals(officer, statistics, home, now, today)
    leak_rows.of_bodies(agent, officer, now, today)
    leak_rows.of_filing(colleague, now)
    leak_rows.of_review(officer, now, today)
    leak_rows.corrected_month(colleague, now)
    leak_rows.of_schemes(colleague, now)
    leak_rows.of_labreports(colleague)
    leak_rows.of_archives(colleague, now)
    leak_rows.of_policies(colleague, now, today)
    leak_rows.of_disclosure(report, now)
    leak_rows.of_standards(colleague, officer, now, today)
    signer = person("signer", organisation("公开电厂", Kind.ENTERPRISE), "responsible")
    leak_rows.published_disclosure(signer, create(signer).report, now)
    owners = [boss, colleague, agent, officer]
    return {"boss": boss, "report": report, "owners": owners}


def organisation(name, kind, division="510000"):
    return Organisation.objects.create(
        name_zh=name, kind=kind, division_code=division, created_at=timezone.now()
    )


def person(name, home, role):
    return User.objects.create(
        username=name, name=PERSON if name == "boss" else name, organisation=home, role=role
    )
