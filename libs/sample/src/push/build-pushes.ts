import type { SeededRandom } from '../random';
import type { Arrival } from './arrivals';
import type { Push, PushElement } from './push';

const SMALLEST_PUSH = 150;
const LARGEST_PUSH = 200;

/**
 * Puts elements into pushes of 150 to 200 in the order in which they come. Each service keeps that order: two elements
 * of one dossier that conflict stay as they were.
 */
export function buildPushes(arrivals: readonly Arrival[], random: SeededRandom): readonly Push[] {
  const pushes: Push[] = [];
  const waiting: Record<Arrival['service'], PushElement[]> = { DongBoHoSoMC: [], CapNhatTienDoHoSoMC: [] };
  const send = (service: Arrival['service']): void => {
    const elements = waiting[service];
    if (elements.length === 0) return;
    waiting[service] = [];
    pushes.push(service === 'DongBoHoSoMC'
      ? { service, isUpdating: random.percent(50) ? 'true' : 'false', data: elements } : { service, data: elements });
  };
  let size = random.between(SMALLEST_PUSH, LARGEST_PUSH);
  for (const { service, element } of [...arrivals].sort((a, b) => a.at - b.at)) {
    waiting[service].push(element);
    if (waiting[service].length < size) continue;
    send(service);
    size = random.between(SMALLEST_PUSH, LARGEST_PUSH);
  }
  send('DongBoHoSoMC');
  send('CapNhatTienDoHoSoMC');
  return pushes;
}
