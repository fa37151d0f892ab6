import { compareText, type Instant } from '@index766/kernel';

/** When the figures of which dossier or petition change by time alone. Each has at most one wake-up. */
export class WakeUps {
  private readonly at = new Map<string, Instant>();
  /** Not later than the earliest wake-up: most minutes have nothing to do and should cost nothing. */
  private earliest = Number.POSITIVE_INFINITY;

  /** Null: time alone changes nothing any more. */
  set(id: string, instant: Instant | null): void {
    if (instant === null) {
      this.at.delete(id);
      return;
    }
    this.at.set(id, instant);
    this.earliest = Math.min(this.earliest, instant);
  }

  /** Those whose wake-up is not after `now`, in the order of their ids; their wake-ups are gone then. */
  until(now: Instant): readonly string[] {
    if (now < this.earliest) return [];
    const due: string[] = [];
    this.earliest = Number.POSITIVE_INFINITY;
    for (const [id, instant] of this.at) {
      if (instant <= now) due.push(id);
      else this.earliest = Math.min(this.earliest, instant);
    }
    for (const id of due) this.at.delete(id);
    return due.sort(compareText);
  }
}
