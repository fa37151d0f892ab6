import type { MongoDatabase } from '@index766/platform-mongo';

import type { LedgerSubject } from '../ledger';
import { LedgerPages } from '../ledger/adapters/ledger-pages';
import { MongoLedger, ledgerIndexes } from '../ledger/adapters/mongo-ledger';
import type { MeasureSource, MeasureUnit } from '../measures';
import type { Reference } from '../reference';
import type { Subject } from './difference';

export interface SourceStoresOptions<View> {
  readonly source: MeasureSource;
  readonly subject: LedgerSubject<View>;
  /** How differences call one of its entries. */
  readonly entry: Subject;
  /** Pure, given the reference. */
  readonly measureUnitBy: (reference: Reference) => MeasureUnit<View>;
}

/** One ledger of a generation: what is stored of it, and how it is measured. */
export class SourceStores<View> {
  readonly source: MeasureSource;
  readonly entry: Subject;
  readonly subject: LedgerSubject<View>;
  readonly ledger: MongoLedger<View>;
  readonly pages: LedgerPages<View>;
  readonly measureUnitBy: (reference: Reference) => MeasureUnit<View>;

  constructor(database: MongoDatabase, { source, subject, entry, measureUnitBy }: SourceStoresOptions<View>) {
    this.source = source;
    this.entry = entry;
    this.subject = subject;
    this.measureUnitBy = measureUnitBy;
    this.ledger = new MongoLedger(database, subject);
    this.pages = new LedgerPages(database, subject);
  }

  get indexes() {
    return ledgerIndexes(this.subject);
  }
}
