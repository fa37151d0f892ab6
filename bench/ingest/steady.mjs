import { setTimeout as wait } from 'node:timers/promises';
import { commandsDuring } from './commands.mjs';
import { sendPush } from './load.mjs';
import { measured } from './process-usage.mjs';
import { ScoreWatch } from './score-watch.mjs';

const PILOT = 100;
/** Pushes that are watched, each second. */
const PROBES_PER_SECOND = 4;
const GIVE_UP_MS = 10_000;

/** Enough that a unit is watched every three seconds: whatever a push changes is changed before the next one. */
const PROBE_UNITS = 12;

/** Some units are probes, one push at a time; the others make the load. */
function divide(spare, probes) {
  const byUnit = new Map();
  for (const each of spare) byUnit.set(each.unit, [...(byUnit.get(each.unit) ?? []), each]);
  const smallestFirst = [...byUnit.values()].sort((a, b) => a.length - b.length);
  const probeUnits = [];
  while (probeUnits.length < PROBE_UNITS || probeUnits.flat().length < probes) probeUnits.push(smallestFirst.shift());
  if (probeUnits.includes(undefined) || smallestFirst.length === 0) throw new Error('too few dossiers are held back');
  return { probeUnits, load: smallestFirst.flat() };
}

/**
 * Single-dossier pushes at a steady number of facts a second, over all topics of facts. Latency of a watched push: from the answer that
 * accepts it until a score of its unit for the month is read from the topic of scores, where it stands once it is to be had over HTTP:
 * the first that shows a change, and the last one (what a push says of payments and papers comes by their services). Nothing else changes that
 * unit meanwhile. Some dossiers count in no figure of the month: a push without effect has no latency.
 * { offered, factsPerSecond, probes, withoutEffect, first, last: { p50, p99, max } (milliseconds), cpu, commands }
 */
export async function steadyLoad({ installation, positions, spare, services, rate, seconds }) {
  const url = installation.urlOf('dossiers');
  const token = await installation.token(['source', 'replay']);
  const settled = () => positions.untilIndexed({ services });
  const scores = await ScoreWatch.open({ installation, positions });

  const { probeUnits, load } = divide(spare, PROBES_PER_SECOND * seconds);
  const before = await positions.records();
  for (const { push } of load.splice(0, PILOT)) await sendPush(url, token, push);
  await settled();
  const factsPerPush = ((await positions.records()) - before) / PILOT;

  const probes = [];
  const inFlight = new Set();
  const watch = async (queue) => {
    inFlight.add(queue);
    const { unit, push } = queue.shift();
    const changed = scores.changed(unit, GIVE_UP_MS);
    const probe = { unit, sentAt: performance.now() };
    probes.push(probe);
    await sendPush(url, token, push);
    probe.acceptedAt = performance.now();
    // A unit in which nothing was seen gets no more pushes: whether it was late or shows nothing is told at the end.
    if (await changed) inFlight.delete(queue);
  };
  const parts = [...services.map(({ name, pid }) => ({ name, pids: [pid] })), ...installation.stores];
  const factsBefore = await positions.records();
  const { result: { seconds: elapsed, cpu }, commands } = await commandsDuring(services, () => measured(parts, async () => {
    const sending = [];
    const startedAt = performance.now();
    const everyMs = (factsPerPush * 1_000) / rate;
    const pushes = Math.floor((seconds * 1_000) / everyMs);
    const probeEvery = Math.max(1, Math.round(1_000 / PROBES_PER_SECOND / everyMs));
    for (let number = 0; number < pushes; number += 1) {
      await wait(Math.max(0, startedAt + number * everyMs - performance.now()));
      // Queues in turn, so that a unit's next probe does not meet its last one.
      const queue = number % probeEvery === 0 ? probeUnits.filter((each) => each.length > 0 && !inFlight.has(each))[0] : undefined;
      if (queue !== undefined) {
        sending.push(watch(queue));
        probeUnits.push(...probeUnits.splice(probeUnits.indexOf(queue), 1));
      } else if (load.length > 0) {
        sending.push(sendPush(url, token, load.shift().push));
      }
    }
    await Promise.all(sending);
  }));
  await settled();
  await scores.caughtUp();
  await scores.close();
  const seen = probes.map((probe) => latenciesOf(probe, probes, scores)).filter((latencies) => latencies !== undefined);
  return {
    offered: rate, factsPerSecond: ((await positions.records()) - factsBefore) / elapsed, probes: seen.length, withoutEffect: probes.length - seen.length,
    first: quantilesOf(seen.map(({ first }) => first)), last: quantilesOf(seen.map(({ last }) => last)), cpu, commands, seconds: elapsed,
  };
}

/** Of what the unit's score showed from the push on until the unit's next one; undefined when nothing changed. */
function latenciesOf({ unit, sentAt, acceptedAt }, probes, scores) {
  const next = probes.find((other) => other.unit === unit && other.sentAt > sentAt)?.sentAt ?? Infinity;
  const changes = scores.changesOf(unit, sentAt, next).map((at) => Math.max(0, at - acceptedAt));
  return changes.length === 0 ? undefined : { first: changes[0], last: changes.at(-1) };
}

function quantilesOf(latencies) {
  const sorted = [...latencies].sort((a, b) => a - b);
  const quantile = (share) => sorted[Math.ceil(sorted.length * share) - 1];
  return { p50: quantile(0.5), p99: quantile(0.99), max: sorted.at(-1) };
}

/** How many pushes have to be held back for a run of `seconds`. */
export const spareFor = (rate, seconds) => Math.max(4_000, Math.ceil((rate / 3) * seconds) + PILOT);
