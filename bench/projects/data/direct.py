"""The same with duckdb in this process: for every line `{"id": …, "what": "frame" | "rows", "rows": …}` of stdin a line
with the milliseconds and the CPU time so far, all threads, in microseconds."""

import json
import sys
import time

import duckdb
from queries import columns_query, time_ms

connection = duckdb.connect()


def fetch_frame(rows: int) -> object:
    return connection.execute(columns_query(rows)).df()


def fetch_rows(rows: int) -> list:
    result = connection.execute(columns_query(rows))
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row)) for row in result.fetchall()]


for line in sys.stdin:
    request = json.loads(line)
    rows, fetch = request["rows"], fetch_rows if request["what"] == "rows" else fetch_frame
    elapsed = time_ms(lambda: fetch(rows), rows)
    print(json.dumps({"id": request["id"], "ms": elapsed, "cpuUs": time.process_time() * 1e6}), flush=True)
