import { ok, type PetitionId, type Result } from '@index766/kernel';
import { emptyFeedback, takePetitionLink } from '../domain/dossier-feedback';
import { emptyPetition, takeRepetition, type PendingLink } from '../domain/petition';
import type { Feedbacks, Petitions } from './ports';

const AT_ONCE = 100;

/**
 * Tells dossiers and earlier petitions which petitions are about them. A petition's own document remembers whom it has to
 * tell until that is done, so a crash between the two writes leaves nothing untold; told twice it says nothing new.
 */
export class SettleLinks {
  constructor(private readonly feedbacks: Feedbacks, private readonly petitions: Petitions) {}

  /** All that is pending; gives the number of petitions that were looked at. */
  async round(): Promise<number> {
    const pending = await this.petitions.findWithPendingLinks(AT_ONCE);
    for (const petition of pending) await this.execute(petition);
    return pending.length;
  }

  /** Of one petition, in the order in which they arose. What cannot be told now stays pending. */
  async execute(petition: PetitionId): Promise<void> {
    const links = (await this.petitions.find(petition))?.state.pendingLinks ?? [];
    for (const link of links) {
      const told = await this.tell(petition, link);
      if (!told.ok) return;
      await this.petitions.update(petition, (stored) => {
        if (stored === undefined) return ok({ answer: undefined });
        const rest = stored.state.pendingLinks.filter((each) => !isSame(each, link));
        return ok({ answer: undefined, change: { state: { ...stored.state, pendingLinks: rest }, facts: [] } });
      });
    }
  }

  private tell(by: PetitionId, link: PendingLink): Promise<Result<undefined>> {
    const { linked, at, recordedAt } = link;
    if (link.to === 'dossier') {
      return this.feedbacks.update(link.dossier, (stored) => {
        const change = takePetitionLink(stored?.state ?? emptyFeedback(link.dossier), { petition: by, linked, at }, recordedAt);
        return change.ok ? ok({ answer: undefined, ...(change.value.facts.length === 0 ? {} : { change: change.value }) }) : change;
      });
    }
    return this.petitions.update(link.petition, (stored) => {
      const change = takeRepetition(stored?.state ?? emptyPetition(link.petition), { by, linked, at }, recordedAt);
      return change.ok ? ok({ answer: undefined, ...(change.value.facts.length === 0 ? {} : { change: change.value }) }) : change;
    });
  }
}

function isSame(a: PendingLink, b: PendingLink): boolean {
  return a.to === b.to && a.linked === b.linked && a.at === b.at && targetOf(a) === targetOf(b);
}

function targetOf(link: PendingLink): string {
  return link.to === 'dossier' ? link.dossier : link.petition;
}
