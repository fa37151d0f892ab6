import { compareText, type DossierId, type Instant } from '@index766/kernel';

/** When the figures of which dossier change by time alone. A dossier has at most one wake-up. */
export class WakeUps {
  private readonly at = new Map<DossierId, Instant>();
  /** Not later than the earliest wake-up: most minutes have nothing to do and should cost nothing. */
  private earliest = Number.POSITIVE_INFINITY;

  /** Null: time alone changes nothing any more. */
  set(dossier: DossierId, instant: Instant | null): void {
    if (instant === null) {
      this.at.delete(dossier);
      return;
    }
    this.at.set(dossier, instant);
    this.earliest = Math.min(this.earliest, instant);
  }

  /** The dossiers whose wake-up is not after `now`, in the order of their ids; their wake-ups are gone then. */
  until(now: Instant): readonly DossierId[] {
    if (now < this.earliest) return [];
    const due: DossierId[] = [];
    this.earliest = Number.POSITIVE_INFINITY;
    for (const [dossier, instant] of this.at) {
      if (instant <= now) due.push(dossier);
      else this.earliest = Math.min(this.earliest, instant);
    }
    for (const dossier of due) this.at.delete(dossier);
    return due.sort(compareText);
  }
}
