"""The malware scanner: a content to a clamd over its socket (command INSTREAM), and what it answers."""

from __future__ import annotations

import socket

SECONDS = 30
CHUNK = 2**20
LONGEST_ANSWER = 4096


def scan(content: bytes, address: str) -> str:
    """Return the name of what was found, '' where nothing was.

    Args:
        content: the file.
        address: `host:port`, or the path of a socket.

    Raises:
        OSError: the scanner is not there, too slow, or refuses to scan.
    """
    with _connect(address) as line:
        line.sendall(b"zINSTREAM\x00")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            line.sendall(len(piece).to_bytes(4) + piece)
        line.sendall(bytes(4))
        answer = _answer(line)
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return ""
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    raise OSError(f"clamd: {told or 'no answer'}")


def _connect(address: str) -> socket.socket:
    if "/" in address:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _answer(line: socket.socket) -> str:
    held = b""
    while not held.endswith(b"\x00") and len(held) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        held += piece
    return held.rstrip(b"\x00").decode("utf-8", "replace").strip()
