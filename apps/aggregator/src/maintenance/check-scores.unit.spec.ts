import { NO_MEASURES, type Measures, type UnitVersion } from '@index766/index-766';
import { parseInstant, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';

import { Reference, type ReferenceRecords } from '../reference';
import { ScoreKeeper, TELLS_NOBODY } from '../scores';
import { scoreId, scoreRecord } from '../scores/score-record';
import { periodNamed } from '../test/in-memory-aggregator';
import { InMemoryPartials, InMemoryScores } from '../test/in-memory-ports';
import { checkScores } from './check-scores';

const NOVEMBER = periodNamed('2026-11');
const AS_OF = parseInstant('2026-11-24T10:00:00+07:00') as Instant;
const onTime = (numerator: number, denominator: number): Measures =>
  ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator, denominator } } });
const version = (code: string, level: UnitVersion['level'], parent: string | null): UnitVersion => ({
  code: code as UnitCode, name: code, level, parent: parent as UnitCode | null, validFrom: 0 as LocalDay, validTo: null, successor: null,
});

/** Merged scores of a commune, a unit that nobody knew then, and all above them; the catalog has that unit now. */
async function given() {
  const units = [version('H44', 'PROVINCE', null), version('H44.1', 'COMMUNE', 'H44')];
  let revision = 1;
  const records: ReferenceRecords = {
    get revision() { return revision; },
    units: () => units, calendars: () => [VIETNAM_CALENDAR], procedureName: () => undefined, resultDocumentOn: () => undefined, proceduresOf: () => [],
    reportingSinceOf: () => undefined, unitsWithProcedures: () => [], reportedFor: () => new Map(), officer: () => undefined, knownBy: () => records,
  };
  const reference = new Reference(records);
  const [partials, scores] = [new InMemoryPartials(), new InMemoryScores()];
  for (const [unit, measures] of [['H44.1', onTime(1, 2)], ['H44.999', onTime(1, 1)]] as const) {
    await partials.replaceMany([{ rev: 0, partial: { unit: unit as UnitCode, source: 'cases', partition: 0, periods: { [NOVEMBER.name]: { evaluatedAt: AS_OF, measures } } } }]);
  }
  const keeper = new ScoreKeeper({ partials, scores, catalog: reference, periods: () => [NOVEMBER.name], now: () => AS_OF, latest: TELLS_NOBODY });
  const merge = () => {
    keeper.forget();
    return keeper.merge('H44' as UnitCode, [...reference.treeOn(NOVEMBER.lastDay).nodes.keys(), 'H44.999' as UnitCode]);
  };
  await merge();
  units.push(version('H44.999', 'COMMUNE', 'H44'));
  revision += 1;
  const differences = async (): Promise<readonly string[]> => [...(await checkScores({
    reference, partials, corrected: new Map(), periods: [NOVEMBER], now: AS_OF,
    stored: {
      revisionsOf: (keys) => scores.revisionsOf(keys),
      find: (keys) => Promise.resolve(new Map(keys.flatMap((key) => {
        const found = scores.documents.get(scoreId(key));
        return found === undefined ? [] : [[scoreId(key), found]];
      }))),
    },
  })).keys()].sort();
  return { scores, merge, differences };
}

describe('a check of scores', () => {
  it('finds what the reserved unit kept of a unit that the catalog has by now', async () => {
    const { merge, scores, differences } = await given();
    await merge();
    expect(await differences()).toEqual([]);

    const reserved = scores.documents.get(`H44.UNKNOWN|${NOVEMBER.name}`);
    if (reserved === undefined) throw new Error('no score of the reserved unit');
    await scores.replaceMany([{ rev: reserved.rev, score: scoreRecord(reserved.score, onTime(1, 1), false) }]);

    expect(await differences()).toEqual([`H44.UNKNOWN|${NOVEMBER.name}`]);
  });

  it('finds all that a change of the catalog moved, before it is merged', async () => {
    const { differences } = await given();
    // The province has a commune more.
    expect(await differences()).toEqual(['H44.999', 'H44.UNKNOWN', 'H44'].map((unit) => `${unit}|${NOVEMBER.name}`));
  });
});
