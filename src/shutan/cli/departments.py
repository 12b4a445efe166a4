"""The demonstration's data of other departments: what a fictitious grid company says of fictitious plants, through the action people call."""

from __future__ import annotations

import datetime as dt

from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.apps.common.files import Upload
from shutan.apps.departments import actions
from shutan.apps.departments.kinds import KINDS
from shutan.apps.departments.models import Delivery

YEAR = 2024
# Enterprise by its first characters, electricity fed in by month in MWh: made up.
PLANTS = (("川南示范发电", "581490.3"), ("成都示范热电", "96240.5"), ("达州示范燃机", "118775.2"))


def create(now: dt.datetime) -> list[str]:
    """Make what is missing; a second call changes nothing.

    Returns:
        What was made.
    """
    person = User.objects.filter(organisation__kind=Kind.GRID, role=Role.OFFICER).first()
    if person is None or Delivery.objects.filter(organisation=person.organisation).exists():
        return []
    lines = ["企业名称,统一社会信用代码,年度,月份,网购电量,上网电量"]
    for start, amount in PLANTS:
        home = Organisation.objects.filter(kind=Kind.ENTERPRISE, name_zh__startswith=start).first()
        if home is not None and home.credit_code:
            lines += [f"{home.name_zh},{home.credit_code},{YEAR},{month},,{amount}" for month in range(1, 13)]
    if len(lines) == 1:
        return []
    sent = Upload(f"electricity-{YEAR}.csv", "\n".join(lines).encode())
    return [actions.upload(person, KINDS["electricity"], sent, now=now).name]
