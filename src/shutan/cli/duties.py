"""`shutan remind`: the daily work on duties, for cron or a timer. It may run any number of times."""

from __future__ import annotations

import click

from shutan.cli.base import command, json_option
from shutan.cli.server import start_django
from shutan.cli.words import pick


@command(
    "remind",
    "更新义务日历并催办到期义务；可重复执行|Bring calendars of duties in step and remind of what is due; may run any number of times.",
)
@json_option
def remind(*, as_json: bool) -> None:
    """Bring calendars in step, then remind."""
    start_django()
    from django.utils import timezone  # noqa: PLC0415 - needs a prepared Django

    from shutan.apps.duties import calendars, reminding  # noqa: PLC0415
    from shutan.cli.output import show_json  # noqa: PLC0415 - needs rich

    now = timezone.now()
    today = timezone.localdate(now)
    written = calendars.sync_all(today=today)
    reminded, sent = reminding.run(now=now, today=today)
    if as_json:
        show_json({"duties": written, "reminders": reminded, "mails": sent})
        return
    click.echo(
        pick(
            f"更新义务 {written} 项，催办 {reminded} 项，发出邮件 {sent} 封"
            f"|{written} duties brought in step, {reminded} reminders written, {sent} mails sent"
        )
    )
