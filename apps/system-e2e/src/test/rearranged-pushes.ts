import type { Push, PushElement } from '@index766/sample';
import { isOrderKept } from './order-matters';
import { interleaved, seededNumbers, shuffled } from './seeded-order';

const SMALLEST = 20;
const LARGEST = 120;

type Service = Push['service'];

/**
 * The same elements in another order and in other pushes. Everything is shuffled but the dossiers whose own order says
 * something (`isOrderKept`): of these each element stays behind those that came before it.
 */
export function rearranged(pushes: readonly Push[], seed: number): readonly Push[] {
  const next = seededNumbers(seed);
  const ordered = dossiersInOrder(pushes);
  const isOrdered = ({ MaHoSo }: PushElement) => ordered.has(MaHoSo);
  const inOrder = pushes.flatMap(({ service, data }) => splitUp(service, data.filter(isOrdered), next));
  const free = (['DongBoHoSoMC', 'CapNhatTienDoHoSoMC'] as const).flatMap((service) =>
    splitUp(service, shuffled(pushes.filter((push) => push.service === service).flatMap(({ data }) => data.filter((element) => !isOrdered(element))), next), next));
  return interleaved(inOrder, shuffled(free, next), next);
}

function dossiersInOrder(pushes: readonly Push[]): ReadonlySet<string> {
  const snapshots = new Map<string, PushElement[]>();
  for (const { service, data } of pushes) {
    if (service !== 'DongBoHoSoMC') continue;
    for (const element of data) snapshots.set(element.MaHoSo, [...(snapshots.get(element.MaHoSo) ?? []), element]);
  }
  return new Set([...snapshots].filter(([, ofDossier]) => isOrderKept(ofDossier)).map(([dossier]) => dossier));
}

function splitUp(service: Service, elements: readonly PushElement[], next: () => number): readonly Push[] {
  const pushes: Push[] = [];
  for (let start = 0; start < elements.length;) {
    const end = start + SMALLEST + Math.floor(next() * (LARGEST - SMALLEST));
    const data = elements.slice(start, end);
    pushes.push(service === 'DongBoHoSoMC' ? { service, isUpdating: 'true', data } : { service, data });
    start = end;
  }
  return pushes;
}
