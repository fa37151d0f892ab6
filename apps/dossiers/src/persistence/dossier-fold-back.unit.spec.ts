import { dossierTopic } from '@index766/contracts-dossiers';
import { decodeRecord } from '@index766/contracts-envelope';
import type { DossierFact } from '@index766/dossier-life';
import fc from 'fast-check';
import { dossierFactRecord } from '../publishing/dossier-fact.record';
import { sourcePushes } from '../test/dossier-lives';
import { DOSSIER, contentsOf, pushedAll, unknownDossier } from '../test/pushes';
import { foldBackFacts } from './dossier-fold-back';
import { dossierFields, reconstituteDossier, type DossierFields } from './dossier.mapper';

function recordOf(fact: DossierFact) {
  const { key, headers, value } = dossierFactRecord(fact, {});
  const decoded = decodeRecord(dossierTopic, { key: Buffer.from(key), headers: { ...headers }, value: Buffer.from(value ?? '') });
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

const stored = (state: ReturnType<typeof unknownDossier>['state']): DossierFields => ({ ...dossierFields(state).set, commands: [] });

/** The state that a copy comes to, or the code of the refusal. */
function foldedBack(copy: DossierFields | undefined, facts: readonly DossierFact[]) {
  const folded = foldBackFacts(DOSSIER, copy, facts.map(recordOf));
  if (!folded.ok) return folded.error.code;
  return folded.value === undefined ? 'lacks nothing' : reconstituteDossier(DOSSIER, folded.value.set as DossierFields);
}

describe('facts that a topic has and a copy of the database lacks', () => {
  it('come back whole, with the rank of what was pushed, from any copy and over any overlap', () => {
    fc.assert(
      fc.property(sourcePushes(DOSSIER), fc.nat(), fc.nat(), (pushes, cut, overlap) => {
        const { state } = pushedAll(pushes);
        const older = pushedAll(pushes.slice(0, cut % (pushes.length + 1))).state;
        const known = older.facts.length;
        const copy = known === 0 ? undefined : stored(older);
        const records = state.facts.slice(known === 0 ? 0 : overlap % (known + 1));
        const restored = foldedBack(copy, records);
        const lacking = { facts: state.facts, rank: { latestAt: state.rank?.latestAt } };
        expect([restored]).toMatchObject([known === state.facts.length ? 'lacks nothing' : lacking]);
      }),
      { seed: 766, numRuns: 200 },
    );
  });

  it('let the same pushes come again and say nothing new', () => {
    fc.assert(
      fc.property(sourcePushes(DOSSIER), (pushes) => {
        const { state } = pushedAll(pushes);
        const restored = foldedBack(undefined, state.facts);
        if (typeof restored === 'string') throw new Error(restored);
        const again = pushedAll(pushes, undefined, { ...unknownDossier(), state: restored });
        expect(contentsOf(again.state.facts)).toEqual(contentsOf(state.facts));
      }),
      { seed: 766, numRuns: 200 },
    );
  });

  it('are refused with a gap before them, or with another content than the copy has', () => {
    const { state } = pushedAll([{
      MaHoSo: DOSSIER, MaTTHC: '2.000815', DonViXuLy: 'H44.114', KenhThucHien: '1', NgayNopHoSo: '05/10/2026 08:20:00',
      NgayTiepNhan: '05/10/2026 08:30:00', NgayHenTra: '12/10/2026', TrangThaiHoSo: '4',
    }]);
    const [first, ...others] = state.facts;
    if (first === undefined) throw new Error('a fact expected');
    expect(foldedBack(undefined, others)).toBe('RESTORE.RECORDS_MISSING');
    expect(foldedBack(stored(state), [{ ...first, recordedAt: first.occurredAt }])).toBe('RESTORE.OTHER_CONTENT');
  });
});
