"""The daily work on duties, done by the worker; `shutan remind` does the same by hand."""

from django.utils import timezone
from procrastinate.contrib.django import app

from shutan.apps.duties import calendars, reminding


# Six o'clock in Beijing, before offices open; the worker's clock is UTC.
@app.periodic(cron="0 22 * * *")
@app.task(name="duties.daily", queueing_lock="duties.daily")
def daily(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Bring calendars in step, then remind of what is due; may run any number of times."""
    now = timezone.now()
    today = timezone.localdate(now)
    calendars.sync_all(today=today)
    reminding.run(now=now, today=today)
