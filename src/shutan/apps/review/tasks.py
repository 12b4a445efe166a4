"""What the worker does for the desk."""

from procrastinate.contrib.django import app

from shutan.apps.review import risk


@app.periodic(cron="25 * * * *")
@app.task(name="review.screen", queueing_lock="review.screen")
def screen(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Screen filed months whose screening was cut off."""
    return risk.screen_waiting()
