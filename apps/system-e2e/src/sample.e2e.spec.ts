import { indicatorOf, readJson, scoresOf, type LateOfficersAnswer } from './test/answers';
import { tryOperate } from './test/operator';
import { MONTH, PROVINCE, SAMPLE_ARGUMENTS, UNITS, publishedOnTime, sampleReference } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { tokenFor } from './test/tokens';

const system = loadedSystem();

describe('a month of pushes made from published figures, loaded and settled', () => {
  it('gives 2.1 of each unit exactly as published', async () => {
    const scores = await scoresOf(system, MONTH);

    const computed = UNITS.map((unit) => {
      const score = scores.get(unit);
      if (score === undefined) throw new Error(`no score of ${unit}`);
      const { numerator, denominator } = indicatorOf(score, '2.1');
      return { unit, numerator, denominator };
    });
    expect(computed).toEqual(publishedOnTime());
    expect(computed).toHaveLength(UNITS.length);
  });

  it('agrees with the published figures by the operator\'s comparison', async () => {
    const { code, stdout, stderr } = await tryOperate(system, ['compare', ...SAMPLE_ARGUMENTS]);

    expect({ code, stderr }).toMatchObject({ code: 0 });
    for (const unit of UNITS) expect(stdout).toContain(unit);
  });

  it('lists the officers whose dossiers ran late, to the public by pseudonym alone', async () => {
    const { officers } = await readJson<LateOfficersAnswer>(system, `/v1/units/${PROVINCE}/late-officers/${MONTH}`);

    expect(officers.length).toBeGreaterThan(0);
    for (const { officer, name, title, division } of officers) {
      expect(officer).toMatch(/^[0-9a-f]{32}$/);
      expect({ name, title, division }).toEqual({ name: null, title: null, division: null });
    }
  });

  it('names them to the role officer-list, as the pushes named them', async () => {
    const token = await tokenFor(system, 'officer-list');
    const { officers } = await readJson<LateOfficersAnswer>(system, `/v1/units/${PROVINCE}/late-officers/${MONTH}`, token);

    const known = new Set(sampleReference().officers.map(({ name }) => name));
    expect(officers.filter(({ name }) => name === null || !known.has(name))).toEqual([]);
    expect(officers.length).toBeGreaterThan(0);
  });
});
