import { setTimeout as wait } from 'node:timers/promises';
import { commandsDuring } from './commands.mjs';
import { sendPush } from './load.mjs';
import { pendingOf } from './positions.mjs';
import { measured } from './process-usage.mjs';
import { PERIOD } from './sample-pushes.mjs';

const PILOT = 100;
/** Pushes that are watched, each second: few and not often looked at, so that watching is no load of its own. */
const PROBES_PER_SECOND = 4;
const LOOK_EVERY_MS = 100;
const GIVE_UP_MS = 10_000;

/** What the unit's score shows, without the instant of the evaluation. */
async function shownOf(url, unit) {
  const { counts, groups } = await (await fetch(`${url}/v1/units/${unit}/scores/${PERIOD}`)).json();
  return JSON.stringify([counts, groups]);
}

/** Enough that one is free when the index takes two seconds. */
const PROBE_UNITS = 10;

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
 * Single-dossier pushes at a steady number of facts a second. Latency of a watched push: from the answer that accepts it
 * to the first look in which the unit's score over HTTP shows a change; nothing else changes that unit meanwhile. Some
 * dossiers count in no figure of the month: a push without effect, also when all has settled, has no latency.
 * { offered, factsPerSecond, probes, withoutEffect, p50, p99, max (milliseconds), cpu, commands }
 */
export async function steadyLoad({ installation, positions, spare, services, rate, seconds }) {
  const url = installation.urlOf('dossiers');
  const index = installation.urlOf('aggregator');
  const token = await installation.token(['source', 'replay']);
  const settled = () => positions.untilIndexed({ pending: () => pendingOf(url) });

  const { probeUnits, load } = divide(spare, PROBES_PER_SECOND * seconds);
  const before = await positions.records();
  for (const { push } of load.splice(0, PILOT)) await sendPush(url, token, push);
  await settled();
  const factsPerPush = ((await positions.records()) - before) / PILOT;

  const latencies = [];
  const unseen = [];
  const inFlight = new Set();
  const probe = async ({ unit, push }) => {
    const shown = await shownOf(index, unit);
    await sendPush(url, token, push);
    const acceptedAt = performance.now();
    while ((await shownOf(index, unit)) === shown) {
      if (performance.now() - acceptedAt > GIVE_UP_MS) return { unit, shown };
      await wait(LOOK_EVERY_MS);
    }
    latencies.push(performance.now() - acceptedAt);
    return undefined;
  };
  const watch = async (queue) => {
    inFlight.add(queue);
    const missed = await probe(queue.shift());
    // A unit in which nothing was seen gets no more pushes: whether it was late or shows nothing is told at the end.
    if (missed === undefined) inFlight.delete(queue);
    else unseen.push(missed);
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
  const ends = await Promise.all(unseen.map(async ({ unit, shown }) => (await shownOf(index, unit)) !== shown));
  latencies.push(...ends.filter(Boolean).map(() => GIVE_UP_MS));
  latencies.sort((a, b) => a - b);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.ceil(latencies.length * share) - 1)];
  return {
    offered: rate, factsPerSecond: ((await positions.records()) - factsBefore) / elapsed, probes: latencies.length, withoutEffect: ends.filter((seen) => !seen).length,
    p50: quantile(0.5), p99: quantile(0.99), max: latencies.at(-1), cpu, commands, seconds: elapsed,
  };
}

/** How many pushes have to be held back for a run of `seconds`. */
export const spareFor = (rate, seconds) => Math.max(4_000, Math.ceil((rate / 3) * seconds) + PILOT);
