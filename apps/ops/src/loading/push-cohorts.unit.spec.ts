import { instantOf, type UnitCode } from '@index766/kernel';
import type { Cohort, Push, SamplePetition, SampleRating } from '@index766/sample';
import { pushCohorts } from './push-cohorts';

const push = (cohort: number, place: number): Push => ({
  service: 'CapNhatTienDoHoSoMC', data: [{ MaHoSo: `${cohort}-${place}`, recordedAt: '2026-10-01T00:00:00.000Z' }],
});
const rating = (dossier: string): SampleRating => ({ dossier, at: instantOf(0), verdict: 4 });
const cohort = (number: number, pushes = 3, ratings: readonly SampleRating[] = [], petitions: readonly SamplePetition[] = [], waivers: Cohort['waivers'] = []): Cohort => ({
  number, dossiers: 30, ratings, petitions, waivers, pushes: Array.from({ length: pushes }, (_, place) => push(number, place)),
});
const rate = () => Promise.resolve();
const petition = () => Promise.resolve();
const waive = () => Promise.resolve();
const asked = (id: string): SamplePetition => ({ id, unit: 'G1.1' as UnitCode, class: 'other', receivedAt: instantOf(0), about: null, events: [] });
const nameOf = ({ data }: Push): string => data[0]?.MaHoSo ?? '';

/** Lets every request wait until the test answers it. */
class HeldRequests {
  readonly sent: string[] = [];
  private readonly held: { name: string; answer: () => void; fail: (error: Error) => void }[] = [];

  readonly send = (sentPush: Push): Promise<readonly string[]> => {
    this.sent.push(nameOf(sentPush));
    return new Promise((resolve, reject) => {
      this.held.push({ name: nameOf(sentPush), answer: () => { resolve([]); }, fail: reject });
    });
  };

  /** Answers the oldest request and lets everything that follows from it happen. */
  async answerNext(): Promise<void> {
    this.held.shift()?.answer();
    await new Promise(setImmediate);
  }

  async failNext(error: Error): Promise<void> {
    this.held.shift()?.fail(error);
    await new Promise(setImmediate);
  }
}

describe('loading', () => {
  it('has one push of a cohort under way at a time, and several cohorts', async () => {
    const requests = new HeldRequests();
    const done = pushCohorts([cohort(1), cohort(2), cohort(3)], { lanes: 2, send: requests.send, rate, petition, waive });
    expect(requests.sent).toEqual(['1-0', '2-0']);
    for (let answered = 0; answered < 9; answered += 1) await requests.answerNext();
    await expect(done).resolves.toEqual([]);
    for (const number of [1, 2, 3]) {
      expect(requests.sent.filter((name) => name.startsWith(`${number}-`))).toEqual([0, 1, 2].map((place) => `${number}-${place}`));
    }
  });

  it('collects what was refused and tells how far it is', async () => {
    const told: number[] = [];
    const refused = await pushCohorts([cohort(1, 2), cohort(2, 1)], {
      lanes: 1, send: (sentPush) => Promise.resolve(nameOf(sentPush) === '1-1' ? ['refused'] : []), rate, petition, waive, onProgress: (dossiers) => told.push(dossiers),
    });
    expect(refused).toEqual(['refused']);
    expect(told).toEqual([15, 30, 60]);
  });

  it('sends the ratings, petitions and waivers of a cohort after all its pushes', async () => {
    const told: string[] = [];
    await pushCohorts([cohort(1, 2, [rating('a'), rating('b')], [asked('p')], [{ dossier: 'a', fee: 'w', at: instantOf(0) }]), cohort(2, 1, [rating('c')])], {
      lanes: 1,
      send: (sentPush) => {
        told.push(nameOf(sentPush));
        return Promise.resolve([]);
      },
      rate: ({ dossier }) => {
        told.push(dossier);
        return Promise.resolve();
      },
      petition: ({ id }) => {
        told.push(id);
        return Promise.resolve();
      },
      waive: ({ fee }) => {
        told.push(fee);
        return Promise.resolve();
      },
    });
    expect(told).toEqual(['1-0', '1-1', 'a', 'b', 'p', 'w', '2-0', 'c']);
  });

  it('stops all lanes at the first failure', async () => {
    const requests = new HeldRequests();
    const done = pushCohorts([cohort(1), cohort(2)], { lanes: 2, send: requests.send, rate, petition, waive });
    const ended = done.catch((error: unknown) => error);
    await requests.failNext(new Error('away'));
    await requests.answerNext();
    expect(await ended).toEqual(new Error('away'));
    expect(requests.sent).toEqual(['1-0', '2-0']);
  });

  it('draws a cohort only when a lane is free: one sample does not fit into memory', async () => {
    let drawn = 0;
    const cohorts = function* () {
      for (let number = 1; number <= 5; number += 1) {
        drawn += 1;
        yield cohort(number, 1);
      }
    };
    const requests = new HeldRequests();
    const done = pushCohorts(cohorts(), { lanes: 2, send: requests.send, rate, petition, waive });
    expect(drawn).toBe(2);
    await requests.answerNext();
    expect(drawn).toBe(3);
    for (let answered = 1; answered < 5; answered += 1) await requests.answerNext();
    await done;
  });
});
