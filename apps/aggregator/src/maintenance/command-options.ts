import { parseArgs, types, type ParseArgsConfig } from 'node:util';
import { parsePeriod, parseUnitCode, type UnitCode } from '@index766/kernel';

import type { Generation } from '../generations';
import { MaintenanceFailure } from './maintenance-failure';

/** The command line itself is wrong. */
export class UsageFailure extends MaintenanceFailure {}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<Known extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: Known; strict: true }>>['values'];

export function optionsOf<const Known extends Options>(args: readonly string[], options: Known): Parsed<Known> {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    throw new UsageFailure(error.message);
  }
}

export function unitOf(text: string | undefined): UnitCode | undefined {
  if (text === undefined) return undefined;
  const unit = parseUnitCode(text);
  if (unit === undefined) throw new UsageFailure('--unit takes the code of a unit: H44.114.');
  return unit;
}

export function periodOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const period = parsePeriod(text);
  if (!period.ok) throw new UsageFailure('--period takes a period: 2026-10, 2026-W41, 2026-Q4.');
  return period.value.name;
}

export function provinceOf(text: string | undefined): UnitCode {
  const province = unitOf(text);
  if (province === undefined) throw new UsageFailure('--province takes the code of a province: H44.');
  return province;
}

export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageFailure('--number takes the number of an edition.');
  return Number(text);
}

export function generationOf(text: string): Generation {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageFailure('--drop takes the number of a generation.');
  return Number(text) as Generation;
}
