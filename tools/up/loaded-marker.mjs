import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../../infra/local/failure.mjs';
import { stateFolder } from '../../infra/local/state-folder.mjs';

/**
 * Says that the sample of these stores was loaded to its end; it stands beside the stores' data.
 * Containers keep their data elsewhere, so their kind is part of the name.
 */
const file = (storesKind, dataName) => path.join(stateFolder(), 'stores', dataName, `loaded-${storesKind}`);

/** Data can go without the marker (a pruned volume, a removed folder): then the catalog has no unit, and everything is loaded again. */
async function hasUnits(catalogUrl) {
  const answer = await fetch(`${catalogUrl}/v1/units?limit=1`);
  if (!answer.ok) throw new StartFailure(`The catalog does not list its units (${answer.status}).`);
  const { items } = await answer.json();
  return items.length > 0;
}

/** Whether the sample was loaded to its end into the data that the services have now. */
export const isLoaded = async (storesKind, dataName, catalogUrl) => fs.existsSync(file(storesKind, dataName)) && (await hasUnits(catalogUrl));

export function markLoaded(storesKind, dataName) {
  fs.mkdirSync(path.dirname(file(storesKind, dataName)), { recursive: true });
  fs.writeFileSync(file(storesKind, dataName), `${new Date().toISOString()}\n`);
}
