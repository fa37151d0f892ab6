/** A unique key is taken: code 11000 and nothing else. */
export declare function isDuplicate(error: unknown): boolean;
/**
 * True when the database cannot be reached or does not work now (network, server selection, time limit, starting up):
 * a consumer pauses its lane, HTTP answers 503. False means a bug or a refused operation.
 */
export declare function isDatabaseAway(error: unknown): boolean;
