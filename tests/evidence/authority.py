"""A time-stamp authority of the test's own, as OpenSSL plays it, and over HTTP."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

SETTINGS = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
PURPOSE = (
    "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
)
NEW = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Authority:
    """Signs what it is asked for with today's time; `roots` is the file of its root certificate."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.roots = folder / "root.pem"
        (folder / "settings").write_text(SETTINGS.format(folder=folder))
        (folder / "purpose").write_text(PURPOSE)
        self._run(
            "req",
            "-x509",
            *NEW,
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-subj",
            "/CN=Root",
            "-days",
            "30",
        )
        self._run("req", *NEW, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Authority")
        signed = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "purpose")
        self._run("x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.pem", "-days", "30")

    def _run(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def answer(self, query):
        """The answer (DER) to a question (DER)."""
        (self.folder / "query").write_bytes(query)
        self._run("ts", "-reply", "-config", "settings", "-queryfile", "query", "-out", "answer")
        return (self.folder / "answer").read_bytes()


@contextmanager
def served(answer):
    """The address at which `answer(query) -> bytes` is asked by HTTP POST."""

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            good = self.headers["Content-Type"] == "application/timestamp-query"
            self.send_response(200 if good else 415)
            self.end_headers()
            self.wfile.write(answer(query))

        def log_message(self, *_words):
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Asked)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
