import type { UnitCode } from '@index766/kernel';
import { parsePlan } from './parse-plan';
import type { Plan } from './plan';
import exampleOf2026 from './plans/example-2026.json';
import phuMyOf2024 from './plans/phu-my-2024.json';

/** Every plan that ships, checked when this module loads: a faulty one stops the start. */
export const PLANS: readonly Plan[] = [phuMyOf2024, exampleOf2026].map((raw: unknown) => {
  const parsed = parsePlan(raw);
  if (!parsed.ok) throw new Error(`${parsed.error.code} at ${parsed.error.path ?? ''}: ${parsed.error.detail}`);
  return parsed.value;
});

/** The plan of a unit and year. */
export function findPlan(unit: UnitCode, year: number): Plan | undefined {
  return PLANS.find((plan) => plan.unit === unit && plan.year === year);
}
