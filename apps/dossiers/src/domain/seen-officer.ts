import type { OfficerPseudonym, UnitCode } from '@index766/kernel';

/** An officer as a source named it. Leaves this service on the restricted topic alone. */
export interface SeenOfficer {
  readonly pseudonym: OfficerPseudonym;
  readonly unit: UnitCode;
  readonly name: string;
  readonly title?: string;
  readonly department?: string;
}
