"""What the worker does for archives. Any number of times, in any number of workers."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from shutan.apps.archives import making

KEPT = timedelta(days=30)


@app.task(name="archives.make")
def make(archive: int) -> None:
    """Make one that was asked for."""
    making.make(archive, timezone.now())


@app.periodic(cron="45 18 * * *")
@app.task(name="archives.drop", queueing_lock="archives.drop")
def drop(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Drop the files of archives that nobody took for a month: another click makes them anew."""
    return making.drop(timezone.now() - KEPT)
