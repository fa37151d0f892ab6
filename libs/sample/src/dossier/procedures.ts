import type { ProcedureCode } from '@index766/kernel';
import type { Term } from '@index766/working-time';

/** A made-up procedure of the sample, with what the catalog says of it. Codes begin with 9, which no real one does. */
export interface SampleProcedure {
  readonly code: ProcedureCode;
  readonly name: string;
  readonly field: { readonly code: string; readonly name: string };
  /** Null: neither a term nor, usually, a stated due date: its dossiers are undetermined (lifecycle.md §4). */
  readonly term: Term | null;
  readonly pauseOnFinancialObligation: boolean;
  /** Fee in đồng; 0: free of charge. */
  readonly fee: number;
  readonly levels: readonly ('COMMUNE' | 'DEPARTMENT')[];
  /** How often it is asked for, beside the others. */
  readonly weight: number;
}

const FIELDS = {
  certification: { code: 'G15-MAU1', name: 'Chứng thực (mẫu)' },
  civilStatus: { code: 'G15-MAU2', name: 'Hộ tịch (mẫu)' },
  land: { code: 'G17-MAU3', name: 'Đất đai (mẫu)' },
  welfare: { code: 'G16-MAU4', name: 'Bảo trợ xã hội (mẫu)' },
  business: { code: 'G05-MAU5', name: 'Đăng ký kinh doanh (mẫu)' },
  culture: { code: 'G14-MAU6', name: 'Văn hóa, thể thao (mẫu)' },
} as const;

type Row = readonly [
  number: number, name: string, field: keyof typeof FIELDS, kind: Term['kind'] | null, amount: number, fee: number,
  level: 'C' | 'D' | 'CD', weight: number,
];

const ROWS: readonly Row[] = [
  [101, 'Chứng thực bản sao từ bản chính', 'certification', 'working-hours', 8, 8_000, 'C', 16],
  [102, 'Chứng thực chữ ký', 'certification', 'working-hours', 4, 10_000, 'C', 8],
  [103, 'Chứng thực hợp đồng, giao dịch', 'certification', 'working-days', 2, 50_000, 'C', 7],
  [104, 'Đăng ký khai sinh', 'civilStatus', 'working-days', 1, 0, 'C', 12],
  [105, 'Đăng ký kết hôn', 'civilStatus', 'working-days', 3, 0, 'C', 8],
  [106, 'Cấp giấy xác nhận tình trạng hôn nhân', 'civilStatus', 'working-days', 3, 15_000, 'C', 12],
  [107, 'Thay đổi, cải chính hộ tịch', 'civilStatus', 'working-days', 5, 28_000, 'C', 6],
  [108, 'Hưởng trợ cấp xã hội hằng tháng', 'welfare', 'working-days', 10, 0, 'C', 7],
  [109, 'Hỗ trợ chi phí mai táng', 'welfare', 'calendar-days', 5, 0, 'C', 4],
  [110, 'Xác nhận tình trạng đất đai', 'land', 'working-days', 15, 30_000, 'C', 6],
  [111, 'Đăng ký biến động đất đai', 'land', 'calendar-days', 20, 100_000, 'CD', 6],
  [112, 'Hòa giải tranh chấp đất đai', 'land', 'calendar-days', 45, 0, 'C', 3],
  [113, 'Công nhận danh hiệu văn hóa cơ sở', 'culture', 'months', 2, 0, 'CD', 2],
  [114, 'Kiến nghị hỗ trợ ngoài danh mục', 'welfare', null, 0, 0, 'CD', 0],
  [201, 'Cấp giấy phép kinh doanh có điều kiện', 'business', 'working-days', 7, 200_000, 'D', 8],
  [202, 'Thông báo hoạt động khuyến mại', 'business', 'working-days', 3, 0, 'D', 12],
  [203, 'Thẩm định thiết kế cơ sở', 'business', 'working-days', 20, 300_000, 'D', 5],
  [204, 'Cấp giấy phép tổ chức biểu diễn', 'culture', 'working-days', 5, 150_000, 'D', 6],
  [205, 'Cấp giấy phép lao động', 'business', 'working-days', 5, 600_000, 'D', 8],
  [206, 'Điều chỉnh giấy chứng nhận đầu tư', 'business', 'months', 1, 0, 'D', 3],
  [207, 'Cấp lại giấy xác nhận', 'business', 'working-hours', 8, 20_000, 'D', 8],
];

/** Of these the clock stops while the fee is owed (lifecycle.md §1, status 6). */
const PAUSES_FOR_THE_FEE = [111, 203];

export const SAMPLE_PROCEDURES: readonly SampleProcedure[] = ROWS.map(
  ([number, name, field, kind, amount, fee, level, weight]) => ({
    code: `9.000${number}` as ProcedureCode,
    name: `${name} (thủ tục mẫu)`,
    field: FIELDS[field],
    term: kind === null ? null : { kind, amount },
    pauseOnFinancialObligation: PAUSES_FOR_THE_FEE.includes(number),
    fee,
    levels: level === 'CD' ? ['COMMUNE', 'DEPARTMENT'] : [level === 'C' ? 'COMMUNE' : 'DEPARTMENT'],
    weight,
  }),
);

const BY_CODE = new Map(SAMPLE_PROCEDURES.map((procedure) => [procedure.code, procedure]));
/** What the procedures of the units' sets are like, in turn. */
const PATTERNS = SAMPLE_PROCEDURES.filter(({ term, levels }) => term !== null && levels.includes('COMMUNE'));

/** A procedure of the sample by its code: one of the list, or one of the many that the sets of the units are made of. */
export function procedureOf(code: ProcedureCode): SampleProcedure {
  const known = BY_CODE.get(code);
  if (known !== undefined) return known;
  const number = Number(code.slice(code.indexOf('.') + 2));
  const pattern = PATTERNS[number % PATTERNS.length];
  if (pattern === undefined) throw new Error('the sample has procedures of communes');
  return { ...pattern, code, name: `${pattern.name.replace(' (thủ tục mẫu)', '')} – ${code} (thủ tục mẫu)`, pauseOnFinancialObligation: false };
}
