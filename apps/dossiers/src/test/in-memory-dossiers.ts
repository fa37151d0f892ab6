import type { DossierId } from '@index766/kernel';
import type { RememberedCommand, SaveOutcome } from '@index766/platform-mongo';
import type { CommandAnswer, CommandedDossier, DossierChange, Dossiers, StoredDossier } from '../application/ports';
import type { DossierState } from '../domain/dossier-state';

interface Row {
  readonly version: number;
  readonly state: DossierState;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

/** Dossiers without a database, compared and set like there. Stands in for the port in unit specs. */
export class InMemoryDossiers implements Dossiers {
  readonly saves: (readonly string[])[] = [];
  private readonly rows = new Map<string, Row>();

  /** @param beforeSave runs between the load and the save of a caller: another writer can be put there. */
  constructor(private readonly beforeSave: (save: number) => Promise<void> = () => Promise.resolve()) {}

  findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredDossier>> {
    const found = ids.flatMap((id) => {
      const row = this.rows.get(id);
      return row === undefined ? [] : [[id, toStored(id, row)] as const];
    });
    return Promise.resolve(new Map(found));
  }

  findWithCommands(id: DossierId): Promise<CommandedDossier | undefined> {
    const row = this.rows.get(id);
    return Promise.resolve(row && { ...toStored(id, row), commands: row.commands });
  }

  async saveMany(changes: readonly DossierChange[]): Promise<SaveOutcome> {
    this.saves.push(changes.map(({ of }) => of.id));
    await this.beforeSave(this.saves.length);
    const lost = new Set<string>();
    for (const { of, state, commands } of changes) {
      const row = this.rows.get(of.id);
      if ((row?.version ?? 0) === of.version) this.rows.set(of.id, { version: of.version + 1, state, commands: commands ?? row?.commands ?? [] });
      else lost.add(of.id);
    }
    return { lost, full: new Set() };
  }
}

function toStored(id: DossierId, { version, state }: Row): StoredDossier {
  return { ref: { id, version, pending: 0 }, state };
}
