const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
};
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const perThousand = (cpu, facts) => Object.fromEntries(Object.entries(cpu).map(([name, seconds]) => [name, (seconds * 1_000) / facts]));

function rebuildOf(members, runs) {
  const ofMembers = runs.filter((run) => run.members === members);
  const rates = ofMembers.map(({ facts, seconds }) => facts / seconds);
  const service = ofMembers.map(({ cpu, facts }) => (sum(Object.entries(cpu).filter(([name]) => name.startsWith('aggregator')).map(([, used]) => used)) * 1_000) / facts);
  return {
    members,
    facts: ofMembers[0].facts,
    factsPerSecond: median(rates),
    runs: rates,
    cpuPerThousandFacts: {
      aggregator: median(service),
      mongo: median(ofMembers.map(({ cpu, facts }) => (cpu.mongo * 1_000) / facts)),
      kafka: median(ofMembers.map(({ cpu, facts }) => (cpu.kafka * 1_000) / facts)),
    },
    written: ofMembers[0].written,
    peakMiB: Math.max(...ofMembers.flatMap(({ peakMiB }) => peakMiB)),
  };
}

/** The measurements as they are told: rates, medians of the runs, ratios to the floors. */
export function summaryOf({ load, steady, rebuilds, readings, writings, ...about }) {
  const summary = {
    ...about,
    load: {
      ...load,
      pushesPerSecond: load.pushes / load.indexedSeconds,
      factsPerSecond: load.facts / load.indexedSeconds,
      dossiersPerSecond: load.dossiers / load.indexedSeconds,
      cpuPerThousandFacts: perThousand(load.cpu, load.facts),
    },
    ...(steady && { steady: { ...steady, cpuShare: Object.fromEntries(Object.entries(steady.cpu).map(([name, used]) => [name, used / steady.seconds])) } }),
  };
  if (rebuilds.length === 0) return summary;
  const facts = rebuilds[0].facts;
  const floors = {
    readingFactsPerSecond: median(readings.map(({ records, seconds }) => records / seconds)),
    writingFactsPerSecond: median(writings.map(({ seconds }) => facts / seconds)),
    writtenDocuments: writings[0].documents,
    bytesPerDocument: writings[0].bytesPerDocument,
    readingCpuPerThousandFacts: median(readings.map(({ cpu, records }) => (cpu.reader * 1_000) / records)),
    writingCpuPerThousandFacts: median(writings.map(({ cpu }) => (cpu.writer * 1_000) / facts)),
    mongoCpuPerThousandFacts: median(writings.map(({ cpu }) => (cpu.mongo * 1_000) / facts)),
  };
  const slower = Math.min(floors.readingFactsPerSecond, floors.writingFactsPerSecond);
  const rebuilt = [...new Set(rebuilds.map(({ members }) => members))].map((members) => rebuildOf(members, rebuilds));
  return { ...summary, floors, rebuilds: rebuilt.map((each) => ({ ...each, ofSlowerFloor: each.factsPerSecond / slower })) };
}

const number = (value, digits = 0) => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const cpuWords = (cpu, digits = 2) => Object.entries(cpu).map(([name, value]) => `${name} ${number(value, digits)}`).join(', ');
/** A service's commands in a given share of them: by the thousand facts, or by the second. */
const commandWords = (commands, share) => Object.entries(commands)
  .map(([service, counts]) => `${service} ${Object.entries(counts).sort(([, a], [, b]) => b.count - a.count).slice(0, 4)
    .map(([command, { count, milliseconds }]) => `${command} ${number(count / share, 1)} (${number(milliseconds, 1)} ms)`).join(' ')}`)
  .join('; ');

const quantileWords = ({ p50, p99, max }) => `p50 ${number(p50)} ms, p99 ${number(p99)} ms, longest ${number(max)} ms`;

/** The summary as a table for people. */
export function inWords({ load, steady, floors, rebuilds, peakMiB, dossiers, loadAverageBefore, loadAverageAfter }) {
  const rows = [
    ['dossiers, facts, pushes', `${number(dossiers)}, ${number(load.facts)}, ${number(load.pushes)}`],
    ['load average before, after', `${loadAverageBefore}, ${loadAverageAfter}`],
    ['load over HTTP: all accepted after', `${number(load.acceptedSeconds, 1)} s`],
    ['  all in the index after', `${number(load.indexedSeconds, 1)} s`],
    ['  up to the index', `${number(load.pushesPerSecond, 1)} pushes/s, ${number(load.dossiersPerSecond)} dossiers/s, ${number(load.factsPerSecond)} facts/s`],
    ['  CPU seconds per 1,000 facts', cpuWords(load.cpuPerThousandFacts)],
    ['  database commands per 1,000 facts', commandWords(load.commands, load.facts / 1_000)],
  ];
  if (steady) {
    rows.push(
      ['steady load', `${number(steady.factsPerSecond)} facts/s for ${number(steady.seconds)} s`],
      ['  accepted → first change of the unit\'s score', `${quantileWords(steady.first)} (${steady.probes} pushes watched, ${steady.withoutEffect} more changed no figure)`],
      ['  accepted → last change of it', quantileWords(steady.last)],
      ['  cores used', cpuWords(steady.cpuShare)],
      ['  database commands per second', commandWords(steady.commands, steady.seconds)],
    );
  }
  rows.push(['memory, peak', cpuWords(peakMiB, 0) + ' MiB']);
  for (const each of rebuilds ?? []) {
    rows.push(
      [`rebuild, ${each.members} member(s)`, `${number(each.factsPerSecond)} facts/s (${each.runs.map((run) => number(run)).join(', ')}), ${number(each.ofSlowerFloor, 2)} of the slower floor`],
      ['  CPU seconds per 1,000 facts', cpuWords(each.cpuPerThousandFacts, 3)],
      ['  documents written (times, of bytes)', Object.entries(each.written).filter(([, { documents }]) => documents > 0).map(([name, { documents, writes, bytes }]) =>
        `${name} ${number(documents)} (${number(writes / documents, 1)}, ${number(bytes)})`).join(', ')],
      ['  memory of a member, peak', `${number(each.peakMiB)} MiB`],
    );
  }
  if (floors) {
    rows.push(
      ['floor: kafkajs reads the facts', `${number(floors.readingFactsPerSecond)} facts/s, CPU ${number(floors.readingCpuPerThousandFacts, 3)} s per 1,000`],
      ['floor: bulkWrite of the ledger\'s documents', `${number(floors.writingFactsPerSecond)} facts/s (${number(floors.writtenDocuments)} documents of ${number(floors.bytesPerDocument)} bytes), CPU ${number(floors.writingCpuPerThousandFacts, 3)} s, mongo ${number(floors.mongoCpuPerThousandFacts, 3)} s per 1,000`],
    );
  }
  return `${rows.map(([what, value]) => `${what.padEnd(44)} ${value}`).join('\n')}\n`;
}
