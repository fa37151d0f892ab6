import { wireCode } from '@index766/contracts-envelope';
import { z } from 'zod';

/**
 * Set where a later push says that it was not so, from the beginning on: what pushes had said of the same is taken back.
 * What a desk stated stands.
 */
export const retracted = z.literal(true).optional();

/** Which paper of the dossier. */
export const componentKey = {
  /** MaThanhPhanHoSo; absent: the source says only that the dossier has such a component. */
  component: wireCode.optional(),
  /** TepDinhKemId: tells several files of one component apart. */
  attachment: wireCode.optional(),
};
