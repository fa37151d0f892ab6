import { ok, refused, type DossierId, type Result } from '@index766/kernel';
import type { AggregateRef, RememberedCommand, SaveOutcome } from '@index766/platform-mongo';
import type { CommandAnswer, CommandedPayments, ParkedPage, Payments, PaymentsDecision, SavedChange, StoredPayments } from '../application/ports';
import type { PaymentsState } from '../domain/payments-state';
import type { ParkReason } from '../domain/provider-event';

interface Row {
  readonly version: number;
  readonly state: PaymentsState;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

const ROUNDS = 16;

/** The money of dossiers without a database, compared and set like there. Stands in for the port in unit specs. */
export class InMemoryPayments implements Payments {
  private readonly rows = new Map<string, Row>();

  findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredPayments>> {
    const found = ids.flatMap((id) => {
      const row = this.rows.get(id);
      return row === undefined ? [] : [[id, toStored(id, row)] as const];
    });
    return Promise.resolve(new Map(found));
  }

  saveMany(changes: readonly { readonly of: AggregateRef; readonly change: SavedChange }[]): Promise<SaveOutcome> {
    const lost = new Set<string>();
    for (const { of, change } of changes) if (!this.save(of, change)) lost.add(of.id);
    return Promise.resolve({ lost, full: new Set() });
  }

  update<Answer>(
    id: DossierId, decide: (stored: CommandedPayments | undefined) => Result<PaymentsDecision<Answer>>,
  ): Promise<Result<Answer>> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const row = this.rows.get(id);
      const decided = decide(row && { ...toStored(id, row), commands: row.commands });
      if (!decided.ok) return Promise.resolve(decided);
      const { answer, change } = decided.value;
      if (change === undefined || this.save({ id, version: row?.version ?? 0, pending: 0 }, change)) return Promise.resolve(ok(answer));
    }
    return Promise.resolve(refused('AGGREGATE.CONTENDED', 'others are faster'));
  }

  parkedPage(after: DossierId | undefined, limit: number): Promise<ParkedPage> {
    const waiting = this.parked().filter(({ dossier }) => after === undefined || dossier > after);
    const items = waiting.slice(0, limit);
    return Promise.resolve({ items, next: items.length < limit ? null : (items.at(-1)?.dossier ?? null) });
  }

  countParked(): Promise<ReadonlyMap<ParkReason, number>> {
    const counts = new Map<ParkReason, number>();
    for (const { parked } of this.parked()) for (const { reason } of parked) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    return Promise.resolve(counts);
  }

  private parked(): ParkedPage['items'] {
    const all = [...this.rows.values()].filter(({ state }) => state.parked.length > 0);
    return all.map(({ state: { dossier, parked } }) => ({ dossier, parked })).sort((a, b) => (a.dossier < b.dossier ? -1 : 1));
  }

  private save(of: AggregateRef, { state, commands }: SavedChange): boolean {
    const row = this.rows.get(of.id);
    if ((row?.version ?? 0) !== of.version) return false;
    this.rows.set(of.id, { version: of.version + 1, state, commands: commands ?? row?.commands ?? [] });
    return true;
  }
}

function toStored(id: DossierId, { version, state }: Row): StoredPayments {
  return { ref: { id, version, pending: 0 }, state };
}
