"""Reads every public topic of Index 766 to its present end, checks each value against its schema, and prints rankings.

    ranking.py PERIOD PARENT        ranking.py 2026-10 H44

Settings: KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD_FILE; CONTRACTS names the folder with asyncapi.json and schemas/.
Prints one JSON object: how much was read, and the rankings of the units below PARENT.
"""
import json
import os
import pathlib
import sys

from confluent_kafka import Consumer, TopicPartition
from jsonschema import Draft202012Validator

CONTRACTS = pathlib.Path(os.environ.get("CONTRACTS", pathlib.Path(__file__).parent.parent))
WATERMARK = "platform.watermark.v1"
SCORE = "aggregator.unit-scored.v1"
READ_WITHIN_S = 60


def header(message, name):
    return next((value.decode() for key, value in message.headers() or [] if key == name), None)


def validator(type_):
    return Draft202012Validator(json.loads((CONTRACTS / "schemas" / f"{type_}.json").read_text("utf-8")))


def open_consumer():
    username = os.environ["KAFKA_USERNAME"]
    return Consumer({
        "bootstrap.servers": os.environ["KAFKA_BROKERS"],
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": username,
        "sasl.password": pathlib.Path(os.environ["KAFKA_PASSWORD_FILE"]).read_text("utf-8").strip(),
        "group.id": f"{username}.ranking-python",  # groups of an account begin with its name
        "enable.auto.commit": False,
    })


def read_all(consumer, topics):
    """Every record of the topics, each partition up to where it ends now."""
    left = {}
    for topic in topics:
        metadata = consumer.list_topics(topic, timeout=READ_WITHIN_S).topics[topic]
        if metadata.error:
            raise SystemExit(f"{topic}: {metadata.error}")
        for partition in metadata.partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=READ_WITHIN_S)
            if low < high:
                left[topic, partition] = high
    consumer.assign([TopicPartition(topic, partition, 0) for topic, partition in left])
    while left:
        message = consumer.poll(READ_WITHIN_S)
        if message is None:
            raise SystemExit(f"nothing more came of {sorted(left)}")
        if message.error():
            raise SystemExit(str(message.error()))
        place = message.topic(), message.partition()
        if message.offset() + 1 >= left.get(place, sys.maxsize):
            del left[place]
        yield message


def rankings_of(scores):
    """By level, and in it by the total and by each group, in the order of the record."""
    for level in sorted({score["level"] for score in scores}):
        of_level = [score for score in scores if score["level"] == level]
        for place, by in enumerate(["total", *(group["group"] for group in of_level[0]["groups"])]):
            sums = {score["unit"]: score["total"] if place == 0 else score["groups"][place - 1] for score in of_level}
            yield {"level": level, "by": by, **ranking_of(sums)}


def ranking_of(sums):
    """Competition ranking ("1224") by the points as they are shown, codes in order within a rank; beside it who is apart, and why."""
    hundredths = {unit: int(sum_["shown"].replace(".", "")) for unit, sum_ in sums.items() if not sum_["apart"]}
    ranked = sorted(hundredths, key=lambda unit: (-hundredths[unit], unit))
    return {
        "ranked": [
            {"rank": 1 + sum(other > hundredths[unit] for other in hundredths.values()), "unit": unit, "points": sums[unit]["shown"]} for unit in ranked
        ],
        "apart": [{"unit": unit, "reasons": sums[unit]["apart"]} for unit in sorted(sums) if sums[unit]["apart"]],
    }


def main(period, parent):
    topics = [channel["address"] for channel in json.loads((CONTRACTS / "asyncapi.json").read_text("utf-8"))["channels"].values()]
    validators, latest, facts, watermarks = {}, {}, {}, 0
    consumer = open_consumer()
    for message in read_all(consumer, topics):
        type_ = header(message, "ce_type")
        if type_ == WATERMARK:
            watermarks += 1
        elif message.value() is None:
            latest.pop(message.key(), None)  # a compacted topic forgets this key
        else:
            value = json.loads(message.value())
            validators.setdefault(type_, validator(type_)).validate(value)
            facts[message.topic()] = facts.get(message.topic(), 0) + 1
            if type_ == SCORE:
                latest[message.key()] = value
    consumer.close()
    scores = [score for score in latest.values() if score["period"] == period and score["parent"] == parent]
    print(json.dumps({"facts": facts, "watermarks": watermarks, "rankings": list(rankings_of(scores))}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
