/** A sentence in both languages, Vietnamese first. */
export interface Words {
  readonly vi: string;
  readonly en: string;
}

/** One thing that was looked at. */
export interface Finding {
  readonly what: Words;
  /** Absent: it is well. */
  readonly wrong?: Words;
  /** What an operator does about it; a page of docs/runbooks where more is said. */
  readonly remedy?: Words;
}

export const well = (what: Words): Finding => ({ what });
export const wrong = (what: Words, why: Words, remedy: Words): Finding => ({ what, wrong: why, remedy });

/** All findings as lines, what is wrong with what to do about it below. */
export function findingText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ what, wrong: why, remedy }) => {
    if (why === undefined) return [`✓ ${both(what)}`];
    return [`✗ ${both(what)}`, `    ${both(why)}`, ...(remedy === undefined ? [] : [`    → ${both(remedy)}`])];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function both({ vi, en }: Words): string {
  return vi === en ? en : `${vi} / ${en}`;
}
