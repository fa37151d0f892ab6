declare const brand: unique symbol;

/** A nominal type: `Brand<string, 'UnitCode'>` is a string that was checked to be a unit code. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
