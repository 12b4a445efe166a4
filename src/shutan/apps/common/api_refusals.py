"""What an action refuses, as an answer of the API: `with told(): return actions.record(…)`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.common.api import Detail, Problem
from shutan.apps.common.refusals import BlockedError, FaultsError, StaleError


@contextmanager
def told() -> Iterator[None]:
    """Turn what the block refuses into the one form of failures."""
    try:
        yield
    except FaultsError as error:
        details = [
            Detail(place="" if name == "__all__" else name, message=str(text))
            for name, texts in error.form.errors.items()
            for text in texts
        ]
        raise Problem(422, "invalid", _("Something is not as expected."), details) from error
    except StaleError as error:
        raise Problem(409, "changed_meanwhile", _("Someone changed this since it was read.")) from error
    except BlockedError as error:
        reasons = [Detail(place="", message=one) for one in error.reasons]
        raise Problem(422, "blocked", _("This cannot be done now."), reasons) from error
    except ValidationError as error:
        raise Problem(422, "refused", " ".join(error.messages)) from error
