import type { UnitCode } from '@index766/kernel';
import type { Fenced } from '@index766/platform-mongo';

import type { LedgerSubject } from '../ledger';
import { addFacts } from '../ledger/ledger-entry';
import { LedgerDocuments, reconstituteLedgerEntry, type LedgerContent } from '../ledger/adapters/ledger.document';
import type { Difference } from './difference';
import { firstDifference } from './first-difference';
import { MaintenanceFailure } from './maintenance-failure';
import type { SourceStores } from './source-stores';

const MEND_ROUNDS = 10;

export interface CheckedPartition<View> {
  readonly entries: number;
  readonly differences: readonly Difference[];
  /** As the facts fold now, whatever is stored. */
  readonly views: readonly View[];
}

/**
 * Folds the facts of every entry of a partition anew and compares what follows from them with what is stored. A document
 * is written as a whole, so that its parts agree at any moment, also beside live members.
 */
export async function checkLedger<View>(
  stores: SourceStores<View>, partition: number, { unit, apply }: { readonly unit?: UnitCode | undefined; readonly apply: boolean },
): Promise<CheckedPartition<View>> {
  const { pages, subject, entry } = stores;
  const checked = { entries: 0, differences: [] as Difference[], views: [] as View[] };
  for await (const page of pages.ofPartition(partition, unit)) {
    const wrong: Fenced<LedgerContent<View>>[] = [];
    for (const document of page) {
      const { fresh, field } = foldedAnew(subject, document);
      checked.entries += 1;
      checked.views.push(fresh.view);
      if (field === undefined) continue;
      checked.differences.push({ subject: entry, id: document.id, field });
      wrong.push(document);
    }
    if (apply) await mend(stores, wrong);
  }
  return checked;
}

/** What the facts of a document say the document should be, and where it first differs from that. */
export function foldedAnew<View>(
  subject: LedgerSubject<View>, { id, content }: Fenced<LedgerContent<View>>,
): { readonly fresh: LedgerContent<View>; readonly field: string | undefined } {
  const { entry } = addFacts(undefined, id, reconstituteLedgerEntry(id, content).facts, subject);
  if (entry === undefined) return { fresh: content, field: 'facts' };
  const fresh = new LedgerDocuments(subject).toContent(entry, content.partition);
  return { fresh, field: firstDifference(content, fresh) };
}

/** A document that a member wrote meanwhile is read and folded again. */
async function mend<View>({ pages, subject }: SourceStores<View>, documents: readonly Fenced<LedgerContent<View>>[]): Promise<void> {
  let open = documents;
  for (let round = 0; open.length > 0; round += 1) {
    if (round === MEND_ROUNDS) throw new MaintenanceFailure('Some entries are written all the time and could not be replaced: run it again.');
    const lost = await pages.replaceMany(open.map((document) => ({ ...document, content: foldedAnew(subject, document).fresh })));
    open = [...(await pages.findMany([...lost])).values()].filter((document) => foldedAnew(subject, document).field !== undefined);
  }
}
