import { aFigure, aFigureId, aUnit, directoryOf, october, recorded, unitCode } from '../test/catalog.fixture';
import { decideFigure, figureIdOf, figureKey, type FigureContent, type FigureId } from './reported-figure';

const units = directoryOf({ 'H44.1': [aUnit()] });
const decide = (content: FigureContent, id: FigureId = aFigureId(), history = recorded(aFigure())) =>
  decideFigure(id, history, content, units, october(2));

describe('a version of a reported figure', () => {
  it('is a correction with who made it and when', () => {
    const corrected = aFigure({ value: 152_600, reporter: 'another-desk' });
    expect(decide(corrected)).toEqual({ ok: true, value: { version: 2, recordedAt: october(2), content: corrected } });
  });

  it('is new where the same value has another source', () => {
    expect(decide(aFigure({ source: { document: '320/BC-VP', day: '2026-11-07' } }))).toMatchObject({ ok: true, value: { version: 2 } });
  });

  it('is not recorded again if the latest says the same, whoever says it', () => {
    expect(decide(aFigure({ reporter: 'another-desk' }))).toEqual({ ok: true, value: undefined });
  });

  it('is recorded again if an earlier version said the same', () => {
    expect(decide(aFigure(), aFigureId(), recorded(aFigure(), aFigure({ value: 1 })))).toMatchObject({ ok: true, value: { version: 3 } });
  });

  it.each(['2026-W47', '2026-11', '2026-Q4', '2026-H2', '2026-6M', '2026-9M', '2026', '2026-10-01..2026-10-15'])('counts in %s', (period) => {
    expect(decide(aFigure({ value: 0 }), aFigureId({ period }), [])).toMatchObject({ ok: true, value: { version: 1 } });
  });

  it.each(['par-index', 'sipas'] as const)('is an index of a year: %s', (measure) => {
    const id = aFigureId({ measure, period: '2026' });
    expect(decide(aFigure({ value: '88.1500' }), id, [])).toMatchObject({ ok: true, value: { content: { value: '88.1500' } } });
  });

  it.each<[string, FigureContent, Partial<FigureId>, string, string]>([
    ['for a unit that is not recorded', aFigure(), { unit: unitCode('H44.8') }, 'FIGURE.UNKNOWN_UNIT', 'unit'],
    ['for a period that is none', aFigure(), { period: '2026-W54' }, 'PERIOD.UNKNOWN', 'period'],
    ['with an index of a month', aFigure({ value: '88.15' }), { measure: 'sipas', period: '2026-10' }, 'FIGURE.PERIOD_OF_INDEX', 'period'],
    ['with a count below nothing', aFigure({ value: -1 }), {}, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['with half a dossier', aFigure({ value: 1.5 }), {}, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['with a count that no number holds', aFigure({ value: 2 ** 53 }), {}, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['with a text for a count', aFigure({ value: '15' }), {}, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['with a number for an index', aFigure({ value: 88 }), { measure: 'sipas', period: '2026' }, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['with an index of five digits after the point', aFigure({ value: '8.12345' }), { measure: 'sipas', period: '2026' }, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['with an index below nothing', aFigure({ value: '-8.1' }), { measure: 'par-index', period: '2026' }, 'FIGURE.VALUE_MALFORMED', 'value'],
    ['from a document of a day that does not exist', aFigure({ source: { document: '1', day: '2026-02-30' } }), {}, 'VALIDITY.NO_SUCH_DAY', 'source.day'],
  ])('is refused %s', (_case, content, id, code, path) => {
    expect(decide(content, aFigureId(id), [])).toMatchObject({ ok: false, error: { code, path } });
  });
});

describe('the key of a reported figure', () => {
  it('says what it is about', () => {
    const id = aFigureId({ period: '2026-10-01..2026-10-15' });
    expect(figureIdOf(figureKey(id))).toEqual(id);
    expect(() => figureIdOf('H44@national-report')).toThrow('under a key that is none');
  });
});
