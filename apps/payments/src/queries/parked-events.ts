import { unitInCode, type DossierId, type UnitCode } from '@index766/kernel';
import type { ParkedPage, Payments } from '../application/ports';

/** Parked events of dossiers, page by page. */
export class ParkedEvents {
  constructor(private readonly payments: Pick<Payments, 'parkedPage'>) {}

  /**
   * Dossiers whose code names a unit that the caller covers. The code decides, not the present holder: of a dossier that
   * nobody knows there is no holder. A page may have fewer dossiers than the limit and a next one all the same.
   */
  async page(after: DossierId | undefined, limit: number, covers: (unit: UnitCode) => boolean): Promise<ParkedPage> {
    const { items, next } = await this.payments.parkedPage(after, limit);
    return {
      items: items.filter(({ dossier }) => {
        const unit = unitInCode(dossier);
        return unit !== undefined && covers(unit);
      }),
      next,
    };
  }
}
