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
for query in work["queries"]:
    milliseconds, processor = [], []
    for _ in range(work["runs"]):
        connection.execute("drop table if exists answer")
        started, spent = time.perf_counter(), time.process_time()
        connection.execute(f"create temp table answer as {query}")
        milliseconds.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    rows = connection.execute("select * from answer order by unit").fetchall()
    answers.append({"milliseconds": milliseconds, "processor": processor, "figures": rows})
json.dump(answers, sys.stdout)
