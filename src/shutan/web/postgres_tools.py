"""PostgreSQL's own programs on the embedded database: `python -m shutan.web.postgres_tools pg_dump -Fc -f x.dump`.

The server is started or joined for as long as the program runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from shutan.web.postgres import PORT, USER, PostgresError, default_data_dir, ensure_server

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = "shutan"


def run(program: str, arguments: list[str], data_dir: Path) -> int:
    """Run `psql`, `pg_dump`, `pg_restore`, … with the embedded database as its default; returns its exit code."""
    server = ensure_server(data_dir)
    try:
        path = server.binaries / program
        if not path.is_file():
            names = sorted(entry.name for entry in server.binaries.iterdir())
            raise PostgresError(f"No program {program!r}; there are: {', '.join(names)}")
        server.create_database(DATABASE)
        place = {"PGHOST": str(server.socket), "PGPORT": str(PORT), "PGUSER": USER, "PGDATABASE": DATABASE}
        return subprocess.run([path, *arguments], env=os.environ | place, check=False).returncode
    finally:
        server.leave()


def main() -> int:
    """Run the program named on the command line."""
    if len(sys.argv) == 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        return run(sys.argv[1], sys.argv[2:], default_data_dir())
    except PostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
