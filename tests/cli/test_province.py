"""The drawn province: the same from the same seed, all over the province, valid, and nobody real."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import Kind, LogEntry, Mandate, Organisation, User
from shutan.apps.bodies.models import Application, Body, Finding, Service
from shutan.apps.directory.models import Entity
from shutan.apps.duties.models import Duty, Extension, InnerDeadline, UnitList
from shutan.apps.referrals.models import Referral
from shutan.apps.reporting.models import ParameterNotice
from shutan.apps.standards.models import Assessment, Instrument, Version
from shutan.cli.province.drawing import FICTITIOUS, TRADES, enterprises, offices, rows
from shutan.cli.province.making import SHOWN, make
from shutan.cli.province.own import plants
from shutan.rules.common.codes import is_credit_code
from shutan.rules.common.divisions import divisions, prefectures


def test_a_larger_province_begins_with_the_smaller_one():
    assert enterprises(1000)[:300] == enterprises(300) == enterprises()
    assert enterprises(20, seed=1) != enterprises(20)


def test_names_and_codes_stand_once_and_say_that_they_are_fictitious():
    drawn, bodies = enterprises(1000), offices()
    names = [one.zh for one in drawn] + [one.zh for one in bodies]
    assert len(set(names)) == len(names)
    assert all(name.endswith(FICTITIOUS[0]) for name in names)
    assert all(one.en.endswith(FICTITIOUS[1]) for one in (*drawn, *bodies))
    codes = [one.code for one in (*drawn, *bodies) if one.code]
    assert len(set(codes)) == len(codes)
    assert all(map(is_credit_code, codes))
    assert all(code[8:12] == "MADE" for code in codes)


def test_every_city_sector_and_kind_of_organisation_is_there():
    drawn = enterprises()
    assert {one.division[:4] for one in drawn} == {one.code[:4] for one in prefectures()}
    assert {one.sector for one in drawn} == {one.sector for one in TRADES}
    assert sum(one.share for one in TRADES) == 100
    counted = Counter(one.sector for one in drawn)
    assert {one.sector: 3 * one.share for one in TRADES} == counted
    assert {one.kind for one in offices()} == set(SHOWN)
    assert all(divisions()[one.division].level == "county" for one in drawn)


def test_rows_name_each_site_under_its_owner():
    found = rows(enterprises(40))
    sites = {f"{one['owner']}/{one['name']}" for one in found["facility"]}
    assert {one["facility"] for one in found["line"]} == sites
    assert len(found["line"]) >= len(found["facility"]) == len(found["legal_person"]) == 40


@pytest.mark.django_db
def test_it_is_made_once_and_each_legal_person_is_linked():
    told = []
    create_demo(timezone.now())
    logins = make(told.append, 4)
    drawn = enterprises(4)
    assert {one.username for one in logins} == {
        f"{kind}-{role}" for kind, roles in SHOWN.items() for role in roles
    }
    assert all(
        ord(letter) > 0x4DFF for one in logins for letter in one.name
    )  # people are called as people are
    linked = Entity.objects.filter(kind="legal_person").values_list("organisation__credit_code", flat=True)
    assert set(linked) == {one.code for one in (*drawn, *plants())}
    assert Organisation.objects.filter(kind=Kind.CITY).count() == 21
    assert not Organisation.objects.filter(is_fictitious=False).exists()
    invited = User.objects.filter(organisation__credit_code=drawn[0].code)
    assert invited.count() == 3
    assert not any(one.has_usable_password() for one in invited)
    stages = {(one.sector, one.year): one.state for one in UnitList.objects.all()}
    assert stages["power", 2026] == stages["power", 2027] == stages["chemical", 2026] == "published"
    assert (stages["cement", 2027], stages["aluminium", 2027]) == ("opinions", "draft")
    listed = [one for one in (*drawn, *plants()) if one.sector in ("power", "steel", "chemical")]
    assert set(Duty.objects.values_list("organisation__credit_code", flat=True)) <= {
        one.code for one in listed
    }
    own = Duty.objects.filter(organisation__credit_code=plants()[0].code, name="monthly_evidence")
    assert own.filter(year=2026).count() == 12
    counted = (Entity, Organisation, User, Body, Application, Instrument, Assessment, Mandate, LogEntry)
    before = [one.objects.count() for one in counted]
    told.clear()
    assert make(told.append, 4) == logins
    assert [one.objects.count() for one in counted] == before
    assert told == []
    _check_dealings()


def _check_dealings():
    """Bodies, instruments, assessments, mandates and dates stand at every stage that people should see."""
    today = timezone.localdate()
    assert {service for body in Body.objects.all() for service in body.services} == set(Service)
    assert Counter(Body.objects.values_list("state", flat=True)) == {
        "published": 8,
        "draft": 4,
        "suspended": 1,
    }
    assert Counter(Application.objects.values_list("state", flat=True)) == {
        "approved": 9, "review": 2, "returned": 1,
    }  # fmt: skip
    assert set(Finding.objects.values_list("state", flat=True)) == set(Finding.State)
    assert {one.state(today) for one in Mandate.objects.all()} == {"in_force", "ended", "revoked", "offered"}
    assert all("演示" in one.title_zh for one in Instrument.objects.all())
    assert Counter(one.state for one in Version.objects.all()) == {"published": 2, "opinions": 1}
    repealed = Instrument.objects.get(repealed_from__isnull=False)
    assert repealed.is_repealed(today)
    assert set(Assessment.objects.values_list("state", flat=True)) == {"signed", "open"}
    assert InnerDeadline.objects.count() == Extension.objects.count() == 1
    assert Counter(Referral.objects.values_list("state", flat=True)) == {
        "open": 2, "answered": 1, "closed": 1, "returned": 1,
    }  # fmt: skip
    assert all("演示" in one.subject and one.about.is_fictitious for one in Referral.objects.all())
    assert not any(one.due < today for one in Referral.objects.filter(state="open"))
    assert (
        not ParameterNotice.objects.exists()
    )  # a made-up value of the law is none: the register stays empty
