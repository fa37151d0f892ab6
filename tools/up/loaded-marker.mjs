import fs from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../../infra/local/state-folder.mjs';

/**
 * Says that the sample of these stores was loaded to its end. It stands beside the stores' data and goes with it.
 * Containers keep their data elsewhere, so their kind is part of the name.
 */
const file = (storesKind, dataName) => path.join(stateFolder(), 'stores', dataName, `loaded-${storesKind}`);

export const isLoaded = (storesKind, dataName) => fs.existsSync(file(storesKind, dataName));

export function markLoaded(storesKind, dataName) {
  fs.mkdirSync(path.dirname(file(storesKind, dataName)), { recursive: true });
  fs.writeFileSync(file(storesKind, dataName), `${new Date().toISOString()}\n`);
}
