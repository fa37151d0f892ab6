import { sampleCohorts } from './small-sample';
import { inGroups, parcelsOf } from './parcels';

const cohorts = sampleCohorts();
const isWanted = (dossier: string) => Number(dossier.slice(-1)) % 4 !== 0;

describe('parcels of pushes', () => {
  const parcels = parcelsOf(cohorts, isWanted);
  const dossiers = parcels.flatMap((parcel) => parcel.dossiers);

  it('have each wanted dossier in one parcel, and no other', () => {
    const all = new Set(cohorts.flatMap(({ pushes }) => pushes.flatMap(({ data }) => data.map(({ MaHoSo }) => MaHoSo))));
    expect([...dossiers].sort()).toEqual([...all].filter(isWanted).sort());
    for (const parcel of parcels) {
      expect(new Set(parcel.pushes.flatMap(({ data }) => data.map(({ MaHoSo }) => MaHoSo)))).toEqual(new Set(parcel.dossiers));
    }
  });

  it('have of each dossier in each push what the sample has, in its order', () => {
    const elementsOf = (dossier: string, pushes: readonly { readonly data: readonly { readonly MaHoSo: string }[] }[]) =>
      pushes.map(({ data }) => data.filter(({ MaHoSo }) => MaHoSo === dossier)).filter((elements) => elements.length > 0);

    for (const parcel of parcels) {
      for (const dossier of parcel.dossiers) {
        expect(elementsOf(dossier, parcel.pushes)).toEqual(cohorts.flatMap(({ pushes }) => elementsOf(dossier, pushes)));
      }
    }
  });
});

describe('groups', () => {
  it('hold all items in order, the last one what is left', () => expect(inGroups([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]));
  it('of nothing are none', () => expect(inGroups([], 2)).toEqual([]));
});
