import type { DossierId } from '@index766/kernel';
import type { DueMove } from '../domain/dossier-state';

export interface MovedDossier {
  readonly dossier: DossierId;
  readonly moves: readonly DueMove[];
}

/** Port: dossiers whose due instant a version of a calendar or a procedure moved, in the order of their ids. */
export interface DueMoves {
  pageOf(causedBy: string, after: DossierId | undefined, size: number): Promise<readonly MovedDossier[]>;
}

export interface DueMovePage {
  readonly moves: readonly (DueMove & { readonly dossier: DossierId })[];
  /** Where the next page begins; null: this was the last one. */
  readonly next: DossierId | null;
}

/** Which due dates a version moved, page by page (lifecycle.md §2). */
export class DueDateChanges {
  constructor(private readonly moves: DueMoves) {}

  async of(causedBy: string, after: DossierId | undefined, size: number): Promise<DueMovePage> {
    const page = await this.moves.pageOf(causedBy, after, size);
    const last = page[page.length - 1];
    return {
      moves: page.flatMap(({ dossier, moves }) => moves.filter((move) => move.causedBy === causedBy).map((move) => ({ dossier, ...move }))),
      next: page.length === size && last !== undefined ? last.dossier : null,
    };
  }
}
