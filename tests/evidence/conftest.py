"""A small log in memory, with its signer, to tamper with."""

from __future__ import annotations

import datetime as dt
import sys
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shutan.evidence.audit import Download
from shutan.evidence.checkpoint import Checkpoint
from shutan.evidence.keys import Ed25519Signer
from shutan.evidence.receipts import make_receipt
from shutan.evidence.records import entry, file_digest, new_salt, record
from shutan.evidence.tree import ALGORITHMS, leaf_hash, root, stored

sys.path.insert(0, str(Path(__file__).parent))  # helpers are imported by name

START = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


@dataclass
class Log:
    """Records appended one by one, with a checkpoint whenever one is asked for."""

    signer: Ed25519Signer = field(default_factory=lambda: Ed25519Signer.new("test.example/log"))
    records: list = field(default_factory=list)
    salts: list = field(default_factory=list)
    checkpoints: list = field(default_factory=list)

    def add(self, subject, **facts):
        at = START + dt.timedelta(minutes=len(self.records))
        files = {"report.xlsx": file_digest(f"file of {subject}".encode())}
        self.records.append(record("reporting.submit", subject, at=at, files=files, facts=facts))
        self.salts.append(new_salt())
        return len(self.records) - 1

    @property
    def entries(self):
        return tuple(map(entry, self.records, self.salts))

    def get(self, name):
        made = stored([leaf_hash(name, one) for one in self.entries], name)
        return lambda *at: made[at]

    def checkpoint(self):
        size = len(self.records)
        roots = {name: root(name, size, self.get(name)) for name in ALGORITHMS}
        at = START + dt.timedelta(hours=len(self.checkpoints) + 1)
        made = Checkpoint("test.example/log", size, roots, at).signed(self.signer)
        self.checkpoints.append(made)
        return made

    def receipt(self, index):
        gets = {name: self.get(name) for name in ALGORITHMS}
        return make_receipt(
            deepcopy(self.records[index]), self.salts[index], index, self.checkpoints[-1], gets
        )

    def download(self):
        return Download(self.entries, tuple(self.checkpoints), (self.signer.public,))


@pytest.fixture
def log():
    made = Log()
    for number in range(5):
        made.add(f"report/{number}", total="1234.56")
    made.checkpoint()
    for number in range(5, 12):
        made.add(f"report/{number}", total="7.00")
    made.checkpoint()
    return made
