import { getDefinition } from '@index766/index-766';
import { formatInstant, type Instant, type UnitCode } from '@index766/kernel';
import { isCounted, type FigureRow } from '@index766/sample';

/** Where the figures were read, and when. */
export interface PortalSource {
  readonly document?: string | undefined;
  readonly address?: string | undefined;
  readonly readAt: Instant;
}

/** What one unit's rows say, as the aggregator takes it. */
export interface PortalImport {
  readonly unit: UnitCode;
  readonly body: {
    readonly source: { readonly document?: string; readonly address?: string; readonly readAt: string };
    readonly figures: readonly { readonly indicator: string; readonly numerator?: number; readonly denominator?: number; readonly points?: string }[];
    readonly groups: readonly { readonly group: string; readonly points: string }[];
    readonly total?: string;
  };
}

const DEFINITION = getDefinition('qd766-2026');
const TOTAL = 'TOTAL';

/** One import for each unit of the rows, in their order. An empty cell is left out: the portal published nothing there. */
export function portalImports(rows: readonly FigureRow[], { document, address, readAt }: PortalSource): readonly PortalImport[] {
  const source = {
    ...(document === undefined ? {} : { document }), ...(address === undefined ? {} : { address }), readAt: formatInstant(readAt),
  };
  const byUnit = new Map<UnitCode, FigureRow[]>();
  for (const row of rows) byUnit.set(row.unit, [...byUnit.get(row.unit) ?? [], row]);
  return [...byUnit].map(([unit, ofUnit]) => {
    const isTotal = ({ indicator }: FigureRow): boolean => indicator.toUpperCase() === TOTAL;
    const isGroup = ({ indicator }: FigureRow): boolean => DEFINITION.groups.some(({ id }) => id === indicator);
    const total = ofUnit.find(isTotal)?.points ?? null;
    return {
      unit,
      body: {
        source,
        figures: ofUnit.filter((row) => !isTotal(row) && !isGroup(row)).map((row) => ({
          indicator: row.indicator,
          ...(isCounted(row) ? { numerator: row.numerator, denominator: row.denominator } : {}),
          ...(row.points === null ? {} : { points: row.points }),
        })),
        groups: ofUnit.filter(isGroup).flatMap(({ indicator, points }) => (points === null ? [] : [{ group: indicator, points }])),
        ...(total === null ? {} : { total }),
      },
    };
  });
}
