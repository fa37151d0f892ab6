import { defineFact, timeBasis, wireCode, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';
import example from './snapshot-accepted.v1.example.json';

/**
 * Most elements of one list of one record: with the longest codes everywhere its value is still within 64 kB. A longer
 * list is split over several records.
 */
export const MAX_SNAPSHOT_ELEMENTS = 25;

const flag = z.boolean().optional();

const fee = z.object({
  /** MaPhiLePhi */
  code: wireCode,
  /** LoaiPhiLePhi */
  kind: wireCode.optional(),
  /** HinhThucThu: when the fee is collected. */
  collection: wireCode.optional(),
  /** Gia, in đồng. */
  amount: z.int().min(0),
});

const component = z.object({
  /** MaThanhPhanHoSo */
  code: wireCode.optional(),
  /** TepDinhKemId: tells two files of one component apart. */
  attachment: wireCode.optional(),
  /** DuocSoHoa */
  digitised: flag,
  /** DuocTaiSuDung: 1 and 2 both mean reused. */
  reused: z.literal([0, 1, 2]).optional(),
  /** DuocLayTuKhoDMQG */
  fromPersonalStore: flag,
  /** MaKetQuaThayThe: the earlier result that stands for this component. */
  replacedResult: wireCode.optional(),
  /** IsDeleted */
  deleted: flag,
});

const result = z.object({
  /** MaGiayToKetQua */
  code: wireCode.optional(),
  /** MaThanhPhanHoSo */
  component: wireCode.optional(),
  /** GiayToId */
  document: wireCode.optional(),
  /** Whether the push names a file of the result; the name itself stays out. */
  hasFile: z.boolean(),
});

const group = { occurredAt: wireInstant, timeBasis };

/**
 * The coded parts of one accepted element of a push, for the services that own payments and digitised documents
 * (national-sync.md). A part that is absent was not said and retracts nothing; each part carries its own instant.
 */
export const snapshotAcceptedV1 = defineFact({
  type: 'dossiers.snapshot-accepted.v1',
  schema: z.object({
    payments: z
      .object({
        ...group,
        fees: z.array(fee).max(MAX_SNAPSHOT_ELEMENTS),
        /** DuocThanhToanTrucTuyen: 0 no, 1 on the national portal, 2 on the province's gateway. */
        paidOnline: z.literal([0, 1, 2]).optional(),
      })
      .optional(),
    documents: z
      .object({
        ...group,
        components: z.array(component).max(MAX_SNAPSHOT_ELEMENTS),
        /** HoSoCoThanhPhanSoHoa */
        hasDigitisedComponents: flag,
        /** TaiKhoanDuocXacThucVoiVNeID */
        accountVerified: flag,
        /** DSKetNoiCSDL: the databases that the dossier was checked against. */
        databases: z.array(wireCode).max(MAX_SNAPSHOT_ELEMENTS),
      })
      .optional(),
    results: z.object({ ...group, documents: z.array(result).max(MAX_SNAPSHOT_ELEMENTS) }).optional(),
    /**
     * TrangThaiHoSo, with the instant at which the record occurred (the latest that the snapshot states) its rank: a
     * snapshot of lower rank than another one may add what is missing and corrects nothing (architecture.md §3).
     */
    status: z.int().min(1).max(10).optional(),
    backfill: z.literal(true).optional(),
  }),
  example,
});
