/** One entry of DanhSachLePhi. */
export interface FeePart {
  readonly code: string;
  readonly kind?: string;
  readonly collection?: string;
  /** Whole đồng. */
  readonly amount: number;
}

/** One entry of TaiLieuNop. */
export interface ComponentPart {
  readonly code?: string;
  readonly attachment?: string;
  readonly digitised?: boolean;
  /** 1 and 2 both mean reused. */
  readonly reused?: 0 | 1 | 2;
  readonly fromPersonalStore?: boolean;
  readonly replacedResult?: string;
  readonly deleted?: boolean;
}

/** One entry of DanhSachGiayToKetQua. */
export interface ResultPart {
  readonly code?: string;
  readonly component?: string;
  readonly document?: string;
  readonly hasFile: boolean;
}

/**
 * What a push says about payments and documents. Their services own it: it goes on the internal intake topic as it was
 * said, and decides nothing here. Absent = not said.
 */
export interface IntakeParts {
  /** Equal parts have equal hashes. */
  readonly hash: string;
  readonly payments?: {
    readonly fees: readonly FeePart[];
    /** 0 no, 1 on the national portal, 2 on the province's gateway. */
    readonly paidOnline?: 0 | 1 | 2;
  };
  readonly documents?: {
    readonly components: readonly ComponentPart[];
    readonly hasDigitisedComponents?: boolean;
    readonly accountVerified?: boolean;
    readonly databases: readonly string[];
  };
  readonly results?: { readonly documents: readonly ResultPart[] };
}
