import type { Instant, UnitCode } from '@index766/kernel';

import type { ToldSeries } from '../scores';
import type { Visibility } from './visibility';

/** An edition that is being published: what it will say follows from this, whoever finishes it. */
export interface EditionClaim {
  readonly province: UnitCode;
  /** Its name. */
  readonly period: string;
  readonly number: number;
  readonly state: 'official' | 'amended';
  readonly visibility: Visibility;
  /** The subject of a token; null: by the rule. */
  readonly publishedBy: string | null;
  readonly claimedAt: Instant;
  /** Of its documents, when it is computed again; absent: today's. */
  readonly form?: number;
}

/** Which edition. */
export type EditionNumber = Pick<EditionClaim, 'province' | 'period' | 'number'>;

/** Port: claims, and the documents of editions by their hashes. Each method rejects when the database is away. */
export interface EditionStore {
  /** The first claim of a province, period and number stays: answers that one. */
  claim(claim: EditionClaim): Promise<EditionClaim>;
  /** Those whose edition is not wholly published. */
  openClaims(): Promise<readonly EditionClaim[]>;
  /** Whether the caller may work on a claim for a while: a member that crashed is followed when its time is over. */
  lease(claim: EditionClaim, now: Instant, until: Instant): Promise<boolean>;
  finish(claim: EditionClaim): Promise<void>;
  /** Takes away a claim that can never be published: its number is free again. */
  abandon(claim: EditionClaim): Promise<void>;
  /** By the hash of their text; writing one again changes nothing. */
  putDocuments(documents: ReadonlyMap<string, string>): Promise<void>;
  /** Those of these that are not there. */
  missingDocuments(hashes: readonly string[]): Promise<readonly string[]>;
  /** Absent ones are absent. */
  findDocuments(hashes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Up to which instant the amendments of a province and period were looked for. */
  checkedUntil(province: UnitCode, period: string): Promise<Instant | undefined>;
  setChecked(province: UnitCode, period: string, until: Instant): Promise<void>;
  /** Those of these editions of which the topic of figures was told that they were taken back. */
  toldRetractions(editions: readonly EditionNumber[]): Promise<readonly EditionNumber[]>;
  setRetractionTold(edition: EditionNumber): Promise<void>;
  /** Figures that were told over those of an edition, and those that began to be told by an instant and never ended (`ProvisionalTellings`). */
  openTellings(begunBy: Instant): Promise<readonly OpenTelling[]>;
  closeTelling(telling: OpenTelling): Promise<void>;
}

export interface OpenTelling extends ToldSeries {
  readonly id: string;
}

export function claimId({ province, period, number }: EditionNumber): string {
  return `${province}@${period}@${number}`;
}
