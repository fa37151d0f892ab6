import { foldPetition, petitionDues, petitionStage, type CalendarOf, type PetitionDues, type PetitionStage, type PetitionView } from '@index766/petition-life';
import { instantOf, ok, refused, type Instant, type PetitionId, type Result, type UnitCode } from '@index766/kernel';
import type { Clock, Petitions } from '../application/ports';
import type { Petition } from '../domain/petition';
import type { Calendars } from './calendars';

/** One petition as its facts tell it now. */
export interface PetitionDetails {
  readonly state: Petition;
  readonly view: PetitionView;
  readonly stage: PetitionStage | null;
  readonly dues: PetitionDues;
  readonly at: Instant;
  /** For the working time that is left. */
  readonly calendarOf: CalendarOf;
}

export interface PetitionList {
  readonly items: readonly PetitionDetails[];
  readonly next: PetitionId | null;
}

export class ShowPetitions {
  constructor(private readonly petitions: Petitions, private readonly calendars: Calendars, private readonly clock: Clock) {}

  /** Refuses with AUTH.UNIT_OUT_OF_SCOPE, PETITION.UNKNOWN. */
  async execute(petition: PetitionId, covers: (unit: UnitCode) => boolean): Promise<Result<PetitionDetails>> {
    const found = await this.petitions.find(petition);
    const details = found === undefined ? undefined : this.detailsOf(found.state);
    const holder = details?.view.holders.at(-1)?.unit;
    if (details === undefined || holder === undefined) return refused('PETITION.UNKNOWN', 'no such petition was received', 'petition');
    return covers(holder) ? ok(details) : refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this petition');
  }

  /** What a unit has left to do: to handle, to wait for, to publish. Refuses with AUTH.UNIT_OUT_OF_SCOPE. */
  async inWork(
    unit: UnitCode, { after, limit }: { readonly after: PetitionId | undefined; readonly limit: number }, covers: (unit: UnitCode) => boolean,
  ): Promise<Result<PetitionList>> {
    if (!covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover this unit');
    const { items, next } = await this.petitions.pageInWork(unit, after, limit);
    return ok({ items: items.map((state) => this.detailsOf(state)), next });
  }

  private detailsOf(state: Petition): PetitionDetails {
    const at = this.clock.now();
    const until = instantOf(at + 1);
    const view = foldPetition(state.facts);
    const calendarOf: CalendarOf = (unit) => this.calendars.calendarOf(unit, at);
    return {
      state, view, at, calendarOf,
      stage: view.receivedAt === null ? null : petitionStage(view, until),
      dues: petitionDues(view, until, calendarOf),
    };
  }
}
