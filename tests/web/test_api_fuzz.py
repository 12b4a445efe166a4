"""schemathesis tries every operation with what its schema allows and forbids: never a 500, never an undeclared answer."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shutan.apps.accounts import actions
from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import User
from shutan.web.api import api
from shutan.web.wsgi import application

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture
def schema(db):
    # Each request would end by closing the connection, and with it the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield load()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def load():
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def test_no_operation_breaks(schema, monkeypatch):
    for throttle in api.throttle:
        monkeypatch.setattr(throttle, "num_requests", 10**6)
    create_demo(timezone.now())
    person = User.objects.get(username="carbon")
    secret = actions.create_token(person, label="fuzz", scope="write", now=timezone.now()).secret
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        run(operation.as_strategy(), {"Authorization": f"Bearer {secret}"})
        tried += 1
    assert tried == len(list(schema.get_all_operations()))


def run(strategy, headers):
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def attempt(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    attempt()
