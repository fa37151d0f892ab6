"""Runs queries of standard input on tables read from CSV files, and answers milliseconds and rows as JSON."""
import json
import sys
import time

import duckdb

work = json.load(sys.stdin)
connection = duckdb.connect()
for name, table in work["tables"].items():
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in table["columns"].items())
    connection.execute(f"create table {name} as select * from read_csv('{table['file']}', header = false, columns = {{{columns}}})")

answers = []
for queries in work["queries"]:
    milliseconds, processor = [], []
    for _ in range(work["runs"]):
        started, spent = time.perf_counter(), time.process_time()
        figures = [connection.execute(query).fetchall() for query in queries]
        milliseconds.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    answers.append({"milliseconds": milliseconds, "processor": processor, "figures": [[[int(value) for value in row] for row in rows] for rows in figures]})
json.dump(answers, sys.stdout)
