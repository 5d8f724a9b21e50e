"""Apache Superset against the published file, through its API: `python -m tests.real.superset [ENVIRONMENT]`.

Installs Superset from PyPI into an environment of its own (some minutes, 1.5 GB; a folder given as argument is used
again), starts it on loopback with a throw-away store, and does what a person does: adds the database read-only, adds
a dataset, draws a chart, asks in SQL Lab. Then a new release is published under its feet and must be seen.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

from flows.publish import release
from flows.settings import Settings
from tests.fixtures import warehouse

# rich, cachetools: Superset imports them and asks for neither. flask-caching: a newer one breaks its own cache class.
PACKAGES = (
    "apache-superset==6.1.0",
    "duckdb-engine==0.17.0",
    "duckdb==1.5.5",
    "rich",
    "cachetools",
    "flask-caching==2.3.1",
)
PORT = 8089
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = secrets.token_hex(12)
CONFIG = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{store}"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False
"""


def main(environment: Path) -> None:
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = warehouse.make(Path(folder) / "data")
        first = release.publish(settings)
        with _superset(environment, Path(folder)) as server:
            try:
                _try(settings, first.release_id)
            except BaseException:
                print((Path(folder) / "superset.log").read_text(encoding="utf8")[-6000:])
                raise
            finally:
                server.terminate()
                server.wait(timeout=30)


def _superset(environment: Path, folder: Path) -> subprocess.Popen[bytes]:
    config = folder / "superset_config.py"
    config.write_text(CONFIG.format(secret=secrets.token_hex(24), store=folder / "superset.db"))
    variables = {
        **os.environ,
        "SUPERSET_CONFIG_PATH": str(config),
        "FLASK_APP": "superset.app:create_app()",
        "SUPERSET_HOME": str(folder),
    }
    command = str(environment / "bin" / "superset")
    for step in (
        ["db", "upgrade"],
        ["fab", "create-admin", "--username", "admin", "--firstname", "A", "--lastname", "B",
         "--email", "admin@example.org", "--password", PASSWORD],
        ["init"],
    ):  # fmt: skip
        done = subprocess.run([command, *step], env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    log = (folder / "superset.log").open("ab")
    server = subprocess.Popen(
        [command, "run", "-p", str(PORT), "--with-threads"], env=variables, stdout=log, stderr=log
    )
    for _ in range(240):
        try:
            if requests.get(f"{BASE}/health", timeout=5).ok:
                return server
        except requests.RequestException:
            time.sleep(1)
        assert server.poll() is None, (folder / "superset.log").read_text()[-3000:]
    raise AssertionError("Superset did not come up")


def _try(settings: Settings, first: str) -> None:
    session = requests.Session()
    login = {"username": "admin", "password": PASSWORD, "provider": "db", "refresh": True}
    token = _post(session, "security/login", login)["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"
    database = _post(
        session,
        "database/",
        {
            "database_name": "Communiqué",
            "sqlalchemy_uri": f"duckdb:///{settings.published_db}",
            "expose_in_sqllab": True,
            "extra": json.dumps({"engine_params": {"connect_args": {"read_only": True}}}),
        },
    )["id"]
    tables = session.get(
        f"{BASE}/api/v1/database/{database}/tables/", params={"q": "(schema_name:main)"}, timeout=60
    ).json()["result"]
    print("tables seen:", sorted(t["value"] for t in tables))
    assert {t["value"] for t in tables} >= set(warehouse.PUBLISHED)

    dataset = _post(session, "dataset/", {"database": database, "schema": "main", "table_name": "statements"})["id"]
    columns = session.get(f"{BASE}/api/v1/dataset/{dataset}", timeout=60).json()["result"]["columns"]
    described = [c for c in columns if c["description"]]
    print(f"dataset: {len(columns)} columns, {len(described)} with our comments as descriptions")
    assert columns

    query = {
        "datasource": {"id": dataset, "type": "table"},
        "force": True,
        "queries": [{"columns": ["document_id"], "metrics": ["count"], "row_limit": 10, "orderby": [["count", False]]}],
        "result_format": "json",
        "result_type": "full",
    }
    rows = _post(session, "chart/data", query)["result"][0]["data"]
    print("chart data:", rows)
    assert {r["document_id"]: r["count"] for r in rows} == {"d1": 1, "d2": 1, "d3": 1}
    chart = {
        "slice_name": "Statements per document", "viz_type": "table", "datasource_id": dataset,
        "datasource_type": "table", "params": json.dumps({"viz_type": "table"}),
    }  # fmt: skip
    print("chart saved as number", _post(session, "chart/", chart)["id"])

    assert _release_seen(session, database) == first
    second = release.publish(settings).release_id
    seen = _release_seen(session, database)
    print(f"SQL Lab saw {first}, and after the next release {seen}")
    assert seen == second
    refused = session.post(f"{BASE}/api/v1/sqllab/execute/", json=_sql(database, "delete from statements"), timeout=60)
    print("a delete is answered with", refused.status_code, refused.text[:160])
    assert refused.status_code >= 400


def _release_seen(session: requests.Session, database: int) -> str:
    found = _post(session, "sqllab/execute/", _sql(database, "select max(release_id) as release_id from releases"))
    return str(found["data"][0]["release_id"])


def _sql(database: int, sql: str) -> dict[str, Any]:
    return {"database_id": database, "sql": sql, "schema": "main", "runAsync": False, "client_id": secrets.token_hex(5)}


def _post(session: requests.Session, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = session.post(f"{BASE}/api/v1/{path}", json=body, timeout=120)
    assert answer.ok, f"{path}: {answer.status_code} {answer.text[:2000]}"
    found: dict[str, Any] = answer.json()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "superset")
