import type { OfficerPseudonym, UnitCode } from '@index766/kernel';

/** An officer as a source named it. Leaves this service on the restricted topic alone. */
export interface SeenOfficer {
  readonly pseudonym: OfficerPseudonym;
  readonly unit: UnitCode;
  readonly name: string;
  readonly title?: string;
  readonly department?: string;
}

/** Each officer once under each name, title and department, in the order in which they were first named. */
export function distinctOfficers(officers: readonly SeenOfficer[]): readonly SeenOfficer[] {
  const distinct = new Map<string, SeenOfficer>();
  for (const officer of officers) {
    const { pseudonym, unit, name, title, department } = officer;
    const content = JSON.stringify([pseudonym, unit, name, title, department]);
    if (!distinct.has(content)) distinct.set(content, officer);
  }
  return [...distinct.values()];
}
