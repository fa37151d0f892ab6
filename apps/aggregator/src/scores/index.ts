export { MarkBatchHandler } from './mark.batch-handler';
export { ScoreKeeper } from './score-keeper';
export { rolledUpWith, stocksIn, type CatalogFigures } from './own-figures';
export { ScoreQueries, type UnitFigures } from './score-queries';
export { countsIn, rootOf, unitIn } from './unit-scope';
export { spacedTurns } from './turns';
export { FORMAT_QUERY, FormatPipe, type Format } from './http/format.pipe';
