import type { ParseArgsConfig } from 'node:util';
import { parsePeriod, parseUnitCode, type Period, type UnitCode } from '@index766/kernel';
import { splitList, wholeNumber } from '../command-line';
import { UsageFailure } from '../failure';

/** Options by which every command knows which sample is meant. */
export const SAMPLE_OPTIONS = {
  figures: { type: 'string' },
  period: { type: 'string' },
  sample: { type: 'string' },
  units: { type: 'string', multiple: true },
  seed: { type: 'string' },
  strict: { type: 'boolean' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

export const SAMPLE_KINDS = ['default', 'province'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface SampleChoice {
  /** Undefined: the file that ships. */
  readonly figuresFile: string | undefined;
  readonly period: Period;
  readonly kind: SampleKind | undefined;
  readonly units: readonly UnitCode[] | undefined;
  readonly seed: number;
  /** Figures that break a rule make the command fail, not only say so. */
  readonly strict: boolean;
}

interface GivenOptions {
  readonly figures?: string;
  readonly period?: string;
  readonly sample?: string;
  readonly units?: string[];
  readonly seed?: string;
  readonly strict?: boolean;
}

const DEFAULT_PERIOD = '2026-10';
const DEFAULT_SEED = 766;

export function sampleChoice(given: GivenOptions): SampleChoice {
  const kind = SAMPLE_KINDS.find((known) => known === given.sample);
  if (given.sample !== undefined && kind === undefined) throw new UsageFailure(`--sample is one of ${SAMPLE_KINDS.join(', ')}.`);
  return {
    figuresFile: given.figures,
    period: periodOf(given.period ?? DEFAULT_PERIOD),
    kind,
    units: splitList(given.units)?.map(unitOf),
    seed: wholeNumber(given.seed, 'seed', DEFAULT_SEED),
    strict: given.strict ?? false,
  };
}

function periodOf(text: string): Period {
  const period = parsePeriod(text);
  if (!period.ok) throw new UsageFailure(`--period: ${period.error.detail}.`);
  return period.value;
}

function unitOf(text: string): UnitCode {
  const unit = parseUnitCode(text);
  if (unit === undefined) throw new UsageFailure(`--units: ${text} is no code of a unit, such as H44.114.`);
  return unit;
}
