"""The whole log as a zip file that `shutan evidence audit` reads, sent piece by piece however long it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from shutan.apps.evidence import checkpoints, store
from shutan.apps.evidence.models import Checkpoint, Record, TimeStamp

CHUNK = 5000


class _Sink(io.RawIOBase):
    """Takes what a zip file writes and gives it on."""

    def __init__(self) -> None:
        super().__init__()
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile hands bytes over
        self.held += data
        return len(data)

    def taken(self) -> bytes:
        """What has come since the last call."""
        data, self.held = bytes(self.held), bytearray()
        return data


def archive() -> Iterator[bytes]:
    """The log as it stands at the first piece; it may grow meanwhile."""
    size = store.size()
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("keys.txt", "".join(f"{key}\n" for key in checkpoints.public_keys()))
        for one in Checkpoint.objects.filter(size__lte=size).order_by("size").iterator():
            packed.writestr(f"checkpoints/{one.size:012d}.txt", one.text.encode())
            yield sink.taken()
        for stamped in TimeStamp.objects.filter(pk__lte=size).order_by("pk").iterator():
            packed.writestr(f"stamps/{stamped.pk:012d}.tsr", bytes(stamped.response))
            yield sink.taken()
        with packed.open("entries.txt", "w", force_zip64=True) as file:
            for lines in _entries(size):
                file.write(lines)
                yield sink.taken()
    yield sink.taken()


def _entries(size: int) -> Iterator[bytes]:
    """The records' lines, some thousand at a time, by place: no cursor stays open while the reader is slow."""
    for start in range(0, size, CHUNK):
        placed = Record.objects.filter(index__gte=start, index__lt=min(start + CHUNK, size)).order_by("index")
        yield "".join(f"{bytes(one).hex()}\n" for one in placed.values_list("entry", flat=True)).encode()
