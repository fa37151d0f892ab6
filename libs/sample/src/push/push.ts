/** A field of the national format: numbers and codes may come as strings, lists hold objects of fields. */
export type FieldValue = string | number | readonly Readonly<Record<string, string | number>>[];

/** One HoSo or TienTrinh under the source's field names, with the instant at which it is stated to have been recorded. */
export type PushElement = Readonly<Record<string, FieldValue>> & { readonly MaHoSo: string; readonly recordedAt: string };

/** The body of one push (national-sync.md). The stated `recordedAt` of its elements asks for the role `replay`. */
export type Push =
  | { readonly service: 'DongBoHoSoMC'; readonly isUpdating: 'true' | 'false'; readonly data: readonly PushElement[] }
  | { readonly service: 'CapNhatTienDoHoSoMC'; readonly data: readonly PushElement[] };
