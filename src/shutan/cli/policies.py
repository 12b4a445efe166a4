"""The demonstration's policy 一企一策: the coal plant's of this year, agreed in spring, one measure done and one late."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.demo import ACTOR
from shutan.apps.accounts.models import Role, User
from shutan.apps.policies import actions
from shutan.apps.policies.models import Policy
from shutan.cli.province.listing import noon

WHY = "Demonstration data 演示数据"
# what, what it answers, who, days after today, tonnes a year, how estimated
MEASURES = (
    ("2号机组凝汽器胶球清洗改造（演示）", "供电煤耗偏高", "生产部", -20, "8600.00", "按真空提高幅度折算的煤耗，年利用小时取上年值（演示）"),
    ("皮带秤增加实物校验（演示）", "入炉煤计量偏差", "计量班", 40, "", ""),
    ("元素碳检测报告按月登记并复核（演示）", "检测报告晚于规定时限", "化验室", 90, "", ""),
)  # fmt: skip


def create(now: dt.datetime) -> list[str]:
    """Make the policy if there is none; returns whose it is."""
    today = timezone.localdate(now)
    people = User.objects.select_related("organisation")
    filler = people.filter(username="carbon").first()
    if filler is None or filler.organisation is None:
        return []
    home = filler.organisation
    if Policy.objects.filter(organisation=home).exists():
        return []
    begun, agreed = noon(today - dt.timedelta(200)), noon(today - dt.timedelta(180))
    with transaction.atomic():
        policy = actions.begin(filler, home, today.year, now=begun, why=WHY)
        said = {
            "problems": "供电煤耗高于先进值；计量器具校准管理不严（演示）",
            "goal": "供电煤耗下降，报告数据零差错（演示）",
        }
        policy = actions.save(filler, policy, said, revision=policy.revision, now=begun)
        for text, answers, person, days, effect, basis in MEASURES:
            values = {
                "text": text, "answers": answers, "person": person, "due": (today + dt.timedelta(days)).isoformat(),
                "effect_t": effect, "basis": basis,
            }  # fmt: skip
            actions.keep_measure(filler, policy, values, now=begun)
        for username, role, step in (
            ("carbon-reviewer", Role.REVIEWER, "propose"),
            ("city-officer", Role.OFFICER, "agree"),
        ):
            actor = people.filter(username=username, role=role).first() or ACTOR
            held = Policy.objects.select_related("organisation").get(pk=policy.pk)
            policy = actions.take(actor, held, step, revision=held.revision, now=agreed)
        last = policy.measures.select_related("policy__organisation").order_by("pk").last()
        assert last is not None  # noqa: S101 - three were made
        told = "已建立登记台账（演示）"
        month = noon(today - dt.timedelta(30))
        actions.follow(filler, last, state="done", told=told, revision=last.revision, now=month)
    return [home.name_zh]
