import { parsePeriod, type Period } from '@index766/kernel';

import { EditionWorld, PROVINCE, at, unitContent } from '../test/edition-world';
import { EditionQueries } from './edition-queries';

const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
};

describe('an edition that is read', () => {
  const world = new EditionWorld();
  const stands = async (number: number) => {
    const found = await new EditionQueries(world.decisions, world.store).find(PROVINCE, period('2026-W47'), number);
    return found.ok ? found.value.stands : found.error.code;
  };

  it('stands until a later one takes its place', async () => {
    await world.member().look();
    expect([await stands(1), await stands(2)]).toEqual([true, 'EDITION.NONE']);

    world.now = at('2026-11-24T09:01:30+07:00');
    world.state = { ...world.state, watermarks: world.state.watermarks.map((each) => ({ ...each, passed: at('2026-11-24T09:00:10+07:00') })) };
    world.units = [unitContent('H44', 9), unitContent('H44.1', 3), unitContent('H44.2', 6)];
    world.earliest = at('2026-11-20T10:00:00+07:00');
    world.causes = [{ fact: 'dossiers.public.dossier.v1/H44.1-1/3', subject: 'H44.1-1', unit: 'H44.1' }];
    await world.member().look();
    expect([await stands(1), await stands(2)]).toEqual([false, true]);
  });
});
