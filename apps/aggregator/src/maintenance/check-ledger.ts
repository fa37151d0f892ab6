import { foldDossier, type DossierView } from '@index766/dossier-life';
import type { DossierId, UnitCode } from '@index766/kernel';
import type { Fenced } from '@index766/platform-mongo';

import { addFacts } from '../ledger/ledger-entry';
import { reconstituteLedgerEntry, toLedgerContent, type LedgerContent } from '../ledger/adapters/ledger.document';
import type { LedgerPages } from '../ledger/adapters/ledger-pages';
import type { Difference } from './difference';
import { firstDifference } from './first-difference';
import { MaintenanceFailure } from './maintenance-failure';

const MEND_ROUNDS = 10;

export interface CheckedPartition {
  readonly dossiers: number;
  readonly differences: readonly Difference[];
  /** As the facts fold now, whatever is stored. */
  readonly views: readonly DossierView[];
}

/**
 * Folds the facts of every dossier of a partition anew and compares what follows from them with what is stored. A document
 * is written as a whole, so that its parts agree at any moment, also beside live members.
 */
export async function checkLedger(
  pages: LedgerPages, partition: number, { unit, apply }: { readonly unit?: UnitCode | undefined; readonly apply: boolean },
): Promise<CheckedPartition> {
  const checked = { dossiers: 0, differences: [] as Difference[], views: [] as DossierView[] };
  for await (const page of pages.ofPartition(partition, unit)) {
    const wrong: Fenced<LedgerContent>[] = [];
    for (const document of page) {
      const { fresh, field } = foldedAnew(document);
      checked.dossiers += 1;
      checked.views.push(fresh.view);
      if (field === undefined) continue;
      checked.differences.push({ subject: 'dossier', id: document.id, field });
      wrong.push(document);
    }
    if (apply) await mend(pages, wrong);
  }
  return checked;
}

/** What the facts of a document say the document should be, and where it first differs from that. */
export function foldedAnew({ id, content }: Fenced<LedgerContent>): { readonly fresh: LedgerContent; readonly field: string | undefined } {
  const { entry } = addFacts(undefined, id as DossierId, reconstituteLedgerEntry(id, content).facts, foldDossier);
  if (entry === undefined) return { fresh: content, field: 'facts' };
  const fresh = toLedgerContent(entry, content.partition);
  return { fresh, field: firstDifference(content, fresh) };
}

/** A document that a member wrote meanwhile is read and folded again. */
async function mend(pages: LedgerPages, documents: readonly Fenced<LedgerContent>[]): Promise<void> {
  let open = documents;
  for (let round = 0; open.length > 0; round += 1) {
    if (round === MEND_ROUNDS) throw new MaintenanceFailure('Some dossiers are written all the time and could not be replaced: run it again.');
    const lost = await pages.replaceMany(open.map((document) => ({ ...document, content: foldedAnew(document).fresh })));
    open = [...(await pages.findMany([...lost])).values()].filter((document) => foldedAnew(document).field !== undefined);
  }
}
