"""Every page of the access table in both languages: each is opened or says why not, and speaks the one that was chosen."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

sys.path.insert(0, str(Path(__file__).parent))

from every_page import addresses, opened, people
from world import ASKED

from shutan.apps.accounts.access_table import ROUTES

LETTER = "asks for a link from a letter: tests/web/test_sign_in.py"
FACTOR = (
    "asks for a second factor or its middle: tests/browser/test_passkeys.py, tests/web/test_second_factor.py"
)
PROVIDER = "asks for an identity provider: tests/web/test_sign_in.py"
NO_FILE = "gives a file, of which the world has none: the app's own tests"
PART = "a part of a page, which the page has in it"
# Routes that a page may not be asked of here, and why. What only takes, or gives a file, is seen by its answer.
NOT_OPENED = {
    "account_confirm_email": LETTER,
    "account_reset_password_from_key": LETTER,
    "account_confirm_login_code": LETTER,
    "account_logout": "would sign the person out",
    "account_set_password": "for who has none: with an identity provider alone",
    "mfa_authenticate": FACTOR,
    "mfa_reauthenticate": FACTOR,
    "mfa_activate_totp": FACTOR,
    "mfa_deactivate_totp": FACTOR,
    "mfa_view_recovery_codes": FACTOR,
    "mfa_generate_recovery_codes": FACTOR,
    "mfa_download_recovery_codes": FACTOR,
    "mfa_add_webauthn": FACTOR,
    "mfa_edit_webauthn": FACTOR,
    "mfa_remove_webauthn": FACTOR,
    "mfa_reauthenticate_webauthn": FACTOR,
    "mfa_login_webauthn": FACTOR,
    "usersessions_end": "only takes",
    "socialaccount_login_error": PROVIDER,
    "socialaccount_signup": PROVIDER,
    "openid_connect_login": PROVIDER,
    "openid_connect_callback": PROVIDER,
    "accounts:mandate_document": NO_FILE,
    "bodies:document": NO_FILE,
    "referrals:file": NO_FILE,
    "schemes:file": NO_FILE,
    "schemes:certificate": NO_FILE,
    "labreports:file": NO_FILE,
    "reporting:notice_file": NO_FILE,
    "reporting:declaration_file": NO_FILE,
    "review:file": NO_FILE,
    "review:clue_file": NO_FILE,
    "standards:attachment": NO_FILE,
    "standards:evidence": NO_FILE,
    "evidence:latest": NO_FILE,
    "evidence:checkpoint": NO_FILE,
    "evidence:stamp": NO_FILE,
    "directory:choices": PART,
    "archives:progress": PART,
    "filing:standing": PART,
    "filing:tests": PART,
    "disclosure:begin": "leads to the draft, which is opened",
}
CHINESE, ENGLISH = re.compile(r"[\u3400-\u9fff]"), re.compile(r"^[A-Z]?[a-z]{3,}$|[A-Za-z]{3,} [a-z]{2,}")
# The same in every language: formats, commands, what a unit is called.
NAMES = re.compile(r"\b(?:Excel|Word|CSV|JSON|csv|json|xlsx|tce|localhost|shutan \w+)\b")
# A form whose hidden revision is empty is refused whatever is typed.
BLIND = re.compile(r'<input type="hidden" name="[\w-]*revision"(?![^>]* value="\d)')
TEXTS = models.CharField | models.TextField | models.JSONField | ArrayField
# Columns that hold what we say, not what people wrote.
OURS = {"origin_sheet", "law", "state", "kind", "action"}


class Reader(HTMLParser):
    """What a reader sees or hears of a page, piece by piece; not what is marked as being of another language."""

    SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-copied")
    SILENT = ("script", "style", "math", "code", "svg", "template")
    VOID = ("input", "br", "img", "meta", "link", "hr", "wbr", "col", "source")

    def __init__(self, html):
        super().__init__()
        self.pieces, self.skipped = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in self.VOID and (
            self.skipped or tag in self.SILENT or ("lang" in given and tag != "html")
        ):
            self.skipped.append(tag)
        if not self.skipped:
            self.pieces += [given[name] for name in self.SPOKEN if given.get(name)]

    def handle_endtag(self, tag):
        if self.skipped and self.skipped[-1] == tag:
            self.skipped.pop()

    def handle_data(self, text):
        if not self.skipped and text.strip():
            self.pieces.append(" ".join(text.split()))


def texts(value):
    """All texts within a stored value; of a form that was frozen in both languages, the English."""
    if isinstance(value, str):
        yield from (" ".join(line.split()) for line in value.splitlines())
    elif isinstance(value, dict):
        for one in [value["en"]] if value.keys() == {"zh", "en"} else value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def written():
    """The words that people put into the database, longest first: no language of a page changes them."""
    found = {ASKED}
    for model in apps.get_models():
        if model.__module__.startswith("shutan.apps."):
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, TEXTS) and field.attname not in OURS and not field.choices
            ]
            for row in model._default_manager.values_list(*names).iterator() if names else ():
                found.update(texts(row))
    return sorted((one for one in found if len(one) > 1 or CHINESE.search(one)), key=len, reverse=True)


@pytest.mark.parametrize(("language", "foreign"), [("en", CHINESE), ("zh-hans", ENGLISH)])
def test_every_page_is_opened_and_speaks_one_language(db, own_files, language, foreign):
    pages, others = opened(people(), language)
    unopened = {route for route, kinds in others.items() if not kinds & {"only takes", "file"}}
    known = [one for one in written() if foreign.search(one)]
    found = {}
    for route, address, _, html in pages:
        for piece in Reader(html).pieces:
            rest = NAMES.sub("", piece)
            for one in known if foreign.search(rest) else ():
                rest = rest.replace(one, "·")
            if foreign.search(rest):
                found.setdefault((route, address), set()).add(piece)
    blind = [address for _, address, _, html in pages if BLIND.search(html)]
    assert (unopened - NOT_OPENED.keys(), found, blind) == (set(), {}, [])


def test_every_route_is_asked_or_says_why():
    """A route whose address cannot be made is never asked: it must stand among those that say why."""
    asked = {route for route, _ in addresses()}
    routes = {key.rpartition(" ")[2] for key in ROUTES}
    assert {one for one in routes - asked if not one.startswith("api:")} - NOT_OPENED.keys() == set()
    assert NOT_OPENED.keys() - routes == set()
