"""The floor: fetches the same pages, parses them and inserts their items, and does nothing else."""

import sqlite3
from collections.abc import Iterator

import httpx
import orjson
import psycopg
from bench.vendor import AGREEMENTS, ATTENDANCES, Item, Size

_CREATE = "CREATE TABLE floor (service TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL)"
Row = tuple[str, str, str, str]


def floor_into_sqlite(url: str, size: Size, path: str, journal: str, synchronous: str) -> int:
    """Into one table of a SQLite file, page by page; the journal is the one the store uses here."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute(_CREATE)
    stored = 0
    for rows in _pages(url, size):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO floor VALUES (?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
        stored += len(rows)
    connection.close()
    return stored


def floor_into_postgres(url: str, size: Size, address: str) -> int:
    """Into one table of a PostgreSQL database, page by page, with COPY."""
    stored = 0
    with psycopg.connect(address) as connection:
        connection.execute("DROP TABLE IF EXISTS floor")
        connection.execute(_CREATE)
        connection.commit()
        for rows in _pages(url, size):
            with connection.cursor() as cursor, cursor.copy("COPY floor FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            connection.commit()
            stored += len(rows)
    return stored


def _pages(url: str, size: Size) -> Iterator[list[Row]]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        for service in size.numbers():
            for collection in (AGREEMENTS, ATTENDANCES):
                following: str | None = "0"
                while following is not None:
                    answer = client.get(f"/v1/services/{service}/{collection}", params={"cursor": following})
                    page = orjson.loads(answer.content)
                    yield [_row(service, collection, item) for item in page["data"]]
                    following = page["next_cursor"]


def _row(service: str, collection: str, item: Item) -> Row:
    return service, collection, item["id"], orjson.dumps(item).decode()
