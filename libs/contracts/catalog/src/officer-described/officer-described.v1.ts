import { defineFact, wireInstant, wireLocalDay, wireOfficerPseudonym, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import example from './officer-described.v1.example.json';

const absences = z.array(z.object({ firstDay: wireLocalDay, lastDay: wireLocalDay })).max(200);
const personName = z.string().min(1).max(200);

/**
 * What is known about the officer behind a pseudonym, as a whole: a later record of the key replaces an earlier one.
 * With names: for the aggregator's display alone.
 */
export const officerDescribedV1 = defineFact({
  type: 'catalog.officer-described.v1',
  schema: z.object({
    pseudonym: wireOfficerPseudonym,
    name: personName,
    title: z.string().min(1).max(200).optional(),
    department: z.string().min(1).max(200).optional(),
    unit: wireUnitCode,
    /** First and last day in the unit, inclusive, where an administrator recorded them. */
    validFrom: wireLocalDay.optional(),
    validTo: wireLocalDay.optional(),
    /** Other spellings of the name. */
    aliases: z.array(personName).max(20),
    /** The pseudonym that stands for the same person: all that this one did counts for that one. Never a chain. */
    mergedInto: wireOfficerPseudonym.optional(),
    /** Two people share the name, unit and department: nothing can be laid to either (lifecycle.md §5). */
    ambiguous: z.boolean(),
    /** Recorded absences, first and last day inclusive, in order, not overlapping. */
    absences,
    /** When `mergedInto`, `ambiguous` and `absences` came to be as they are here; absent: with the first record. */
    knownSince: wireInstant.optional(),
    /**
     * As they were before, in order, each from when it was recorded: the record replaces earlier ones, and a list as known at K
     * needs what was known then. No names.
     */
    earlier: z.array(z.object({
      knownSince: wireInstant, mergedInto: wireOfficerPseudonym.optional(), ambiguous: z.boolean(), absences,
    })).max(50).optional(),
  }),
  example,
});

export type OfficerDescribed = z.output<typeof officerDescribedV1.schema>;
