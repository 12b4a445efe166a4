"""Background work of the site itself. Every task of Shutan may be run twice: a worker can die in the middle of one."""

from procrastinate.contrib.django import app

KEPT_HOURS = 30 * 24


@app.periodic(cron="*/2 * * * *")
@app.task(name="web.retry_stalled", queueing_lock="web.retry_stalled")
async def retry_stalled(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Give the jobs of workers that died to those that live; how many."""
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


@app.periodic(cron="30 19 * * *")
@app.task(name="web.forget_jobs", queueing_lock="web.forget_jobs")
async def forget_jobs(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells when it was meant to run
    """Forget what was done a month ago; what failed stays until someone has looked at it."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
