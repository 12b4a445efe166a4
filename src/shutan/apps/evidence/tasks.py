"""What the worker does for the log. Any number of times, in any number of workers."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from shutan.apps.evidence import checkpoints, scanning, stamping


@app.periodic(cron=settings.EVIDENCE_SCHEDULE)
@app.task(name="evidence.checkpoint", queueing_lock="evidence.checkpoint")
def checkpoint(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Place what an action could not, sign the log's state, and have it stamped."""
    checkpoints.make(now=timezone.now())
    stamping.stamp_newest()


@app.periodic(cron="15 * * * *")
@app.task(name="evidence.scan", queueing_lock="evidence.scan")
def scan(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Scan files that came in while no scanner answered."""
    return scanning.scan_waiting()
