import { formatInstant } from '@index766/kernel';

import { INTEGRITY_THRESHOLDS, countFlags, type IntegrityFlag } from '../integrity-flags';
import type { IntegrityOfUnit } from '../integrity-queries';

export function integrityJson({ unit, period, evaluatedAt, knownBy, flags, counts }: IntegrityOfUnit) {
  const units = [...new Set(flags.map((each) => each.unit))];
  return {
    unit, period: period.name, asOf: formatInstant(evaluatedAt), knownAt: knownBy === null ? null : formatInstant(knownBy),
    thresholds: INTEGRITY_THRESHOLDS,
    counts,
    byUnit: units.map((code) => ({
      unit: code, counts: countFlags(flags.filter((each) => each.unit === code)).filter(({ raised }) => raised > 0),
    })),
    flags: flags.map(flagJson),
  };
}

export const INTEGRITY_COLUMNS = [
  'flag', 'unit', 'dossier', 'change', 'recordedAt', 'review', 'other', 'corrections', 'corrected', 'dossiers',
] as const;

export type IntegrityRow = Readonly<Partial<Record<(typeof INTEGRITY_COLUMNS)[number], string | number | null>>>;

export function integrityRows({ flags }: IntegrityOfUnit): readonly IntegrityRow[] {
  return flags.map((each) => {
    const { bulk, ...flag } = flagJson(each);
    return { ...flag, ...bulk };
  });
}

function flagJson({ flag, unit, dossier, change, recordedAt, review, other, bulk }: IntegrityFlag) {
  return { flag, unit, dossier, change, recordedAt: formatInstant(recordedAt), review, other, bulk };
}
