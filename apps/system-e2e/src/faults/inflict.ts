import { setTimeout as pause } from 'node:timers/promises';
import { STORE_PROCESSES, type Fault, type MemberName, type PlannedFault, type StoreProcess } from './fault';
import type { Members } from './members';
import type { Stores } from './stores';

export interface Sufferers {
  readonly stores: Stores;
  readonly members: Members;
}

type Undo = () => Promise<void> | void;
const NOTHING: Undo = () => undefined;

/** Lets a fault happen at its time, holds it and heals it. Resolves when it is healed; what recovers then does so by itself. */
export async function suffer(fault: PlannedFault, sufferers: Sufferers): Promise<void> {
  await pause(fault.startMs);
  const heal = await inflict(fault, sufferers);
  if (heal === NOTHING) return;
  await pause(fault.holdMs);
  await heal();
}

async function inflict(fault: Fault, { stores, members }: Sufferers): Promise<Undo> {
  switch (fault.kind) {
    case 'kill': return isStore(fault.process) ? stores.kill(fault.process) : members.kill(fault.process);
    case 'pause': return isStore(fault.process) ? stores.pause(fault.process) : members.pause(fault.process);
    case 'crash':
      stores.crashBackend();
      return NOTHING;
    case 'join':
      await members.join(fault.member);
      return NOTHING;
    case 'leave':
      await members.leave(fault.member);
      return NOTHING;
    case 'vanish':
      await members.vanish(fault.member);
      return NOTHING;
    case 'cut': case 'slow': case 'narrow': case 'black-hole': return stores.links.inflict(fault);
  }
}

function isStore(process: MemberName | StoreProcess): process is StoreProcess {
  return STORE_PROCESSES.some((name) => name === process);
}
