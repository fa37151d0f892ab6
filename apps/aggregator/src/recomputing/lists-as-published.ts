import { canonicalText, compareText, ok, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { EditionFigures, EditionParts, Visibility } from '../editions';

/** What a list says of a late dossier: its own late time aside, which is its officer's, it follows from public facts. */
interface ListedDossier {
  readonly state: string;
  readonly ownLateWorkingMinutes: number;
}

interface ListedOfficer {
  readonly officer: string;
  readonly endedLate: number;
  readonly overdueOpen: number;
  readonly handled: number;
  readonly lateShare: number | null;
  readonly lateWorkingMinutes: number;
  readonly worstWorkingMinutes: number;
  readonly dossiers: readonly ListedDossier[];
}

interface PublishedList {
  readonly officers: readonly ListedOfficer[];
  readonly byShare: readonly { readonly officer: string; readonly late: number; readonly handled: number }[];
  readonly unassigned: readonly { readonly dossiers: readonly ListedDossier[] }[];
  readonly objections: readonly object[];
}

/**
 * Figures for an account that may not read what the catalog knows of officers: absences, merges and ambiguous names move late
 * dossiers from one officer to another or to none. A list that comes out otherwise is taken as it was published, if it agrees in
 * everything that follows from what everybody may read: the late dossiers with all that is said of them but whose time it was, the
 * objections, and of each officer the numbers that follow from the dossiers under the name.
 */
export class ListsAsPublished implements Pick<EditionFigures, 'partsOf' | 'causesOf'> {
  private readonly taken = new Set<string>();

  /** @param published the list of each unit, parsed */
  constructor(private readonly figures: Pick<EditionFigures, 'partsOf' | 'causesOf'>, private readonly published: ReadonlyMap<string, object>) {}

  /** Units whose lists were taken as they were published. */
  get units(): readonly string[] {
    return [...this.taken].sort(compareText);
  }

  async partsOf(province: UnitCode, period: Period, visibility: Visibility): Promise<Result<EditionParts>> {
    const parts = await this.figures.partsOf(province, period, visibility);
    if (!parts.ok) return parts;
    const units = parts.value.units.map((content) => {
      const published = this.published.get(content.unit);
      if (published === undefined || canonicalText(published) === canonicalText(content.lateOfficers) || !maybePublished(published, content.lateOfficers)) return content;
      this.taken.add(content.unit);
      return { ...content, lateOfficers: published };
    });
    return ok({ ...parts.value, units });
  }

  causesOf(province: UnitCode, period: Period, before: Visibility, after: Visibility): ReturnType<EditionFigures['causesOf']> {
    return this.figures.causesOf(province, period, before, after);
  }
}

/** Both are documents of our own making. */
function maybePublished(published: object, computed: object): boolean {
  const [told, own] = [published as PublishedList, computed as PublishedList];
  return canonicalText(knownOf(told)) === canonicalText(knownOf(own)) && told.officers.every(agreesWithItself) && told.byShare.every((line) => isOf(line, told));
}

function knownOf({ officers, unassigned, objections }: PublishedList): object {
  const dossiers = [...officers, ...unassigned].flatMap((line) => line.dossiers.map(({ ownLateWorkingMinutes: _whose, ...dossier }) => canonicalText(dossier)));
  return { objections, dossiers: [...new Set(dossiers)].sort(compareText) };
}

function agreesWithItself({ endedLate, overdueOpen, handled, lateShare, lateWorkingMinutes, worstWorkingMinutes, dossiers }: ListedOfficer): boolean {
  const times = dossiers.map(({ ownLateWorkingMinutes }) => ownLateWorkingMinutes);
  const ended = dossiers.filter(({ state }) => state === 'ended-late').length;
  return endedLate === ended && overdueOpen === dossiers.length - ended
    && worstWorkingMinutes === Math.max(0, ...times)
    // Each is rounded by itself.
    && Math.abs(lateWorkingMinutes - times.reduce((sum, time) => sum + time, 0)) <= (times.length + 1) / 2
    && lateShare === (handled === 0 ? null : Number((dossiers.length / handled).toFixed(6)));
}

function isOf({ officer, late, handled }: PublishedList['byShare'][number], { officers }: PublishedList): boolean {
  return officers.some((line) => line.officer === officer && line.dossiers.length === late && line.handled === handled);
}
