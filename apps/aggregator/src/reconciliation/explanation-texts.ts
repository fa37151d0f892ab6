import { toDecimalText, type Fraction, type Wording } from '@index766/index-766';

import type { AbsenceReason, Explanation, Population } from './explanation';

const REASONS: Readonly<Record<AbsenceReason, Wording>> = {
  'no-row': { vi: 'Cổng không công bố', en: 'the portal published none' },
  'empty-row': { vi: 'Cổng công bố để trống', en: 'the portal published it empty' },
  'no-time-unit': { vi: 'Cổng không nêu đơn vị thời gian', en: 'the portal does not name the unit of time' },
  'not-supplied': { vi: 'chưa có nguồn dữ liệu', en: 'nobody supplies the data' },
  'empty-denominator': { vi: 'mẫu số của hệ thống bằng 0', en: 'our denominator is 0' },
  'no-figures': { vi: 'chưa có chỉ số nào có số liệu', en: 'none of the indicators has a figure' },
  level: { vi: 'không áp dụng cho cấp này', en: 'it does not apply at this level' },
};

const POPULATIONS: Readonly<Record<Population, Wording>> = {
  dossiers: { vi: 'hồ sơ', en: 'dossiers' },
  petitions: { vi: 'phản ánh, kiến nghị', en: 'petitions' },
  procedures: { vi: 'thủ tục hành chính', en: 'procedures' },
  communes: { vi: 'xã', en: 'communes' },
};

/** A reason as it is shown: Vietnamese first, English beside it. */
export function explanationText(explanation: Explanation): Wording {
  switch (explanation.code) {
    case 'AGREES':
      return { vi: 'Khớp với số liệu của Cổng', en: 'Agrees with the portal' };
    case 'ROUNDING':
      return { vi: 'Chênh lệch do làm tròn', en: 'A difference of rounding' };
    case 'POINTS_DO_NOT_FOLLOW':
      return {
        vi: `Điểm của Cổng (${shown(explanation.printed)}) không khớp với chính số liệu của Cổng (${shown(explanation.followed)})`,
        en: `The portal's points (${shown(explanation.printed)}) do not follow from its own figures (${shown(explanation.followed)})`,
      };
    case 'POINTS_ALONE':
      return { vi: 'Cổng chỉ công bố điểm, không có tử số và mẫu số', en: 'The portal published points alone, without counts' };
    case 'MISSING_DOSSIERS':
      return {
        vi: `Hệ thống thiếu ${explanation.by} hồ sơ so với Cổng${alsoIn(explanation.also, 'cũng thiếu ở')}`,
        en: `${explanation.by} dossiers of the portal are missing here${alsoIn(explanation.also, 'the same number in')}`,
      };
    case 'ADDITIONAL_DOSSIERS':
      return {
        vi: `Hệ thống nhiều hơn Cổng ${explanation.by} hồ sơ${alsoIn(explanation.also, 'cũng nhiều hơn ở')}`,
        en: `${explanation.by} dossiers more here than at the portal${alsoIn(explanation.also, 'the same number in')}`,
      };
    case 'OTHER_POPULATION': {
      const { vi, en } = POPULATIONS[explanation.population];
      const size = Math.abs(explanation.by);
      return explanation.by < 0
        ? { vi: `Hệ thống tính ít hơn Cổng ${size} ${vi}`, en: `${size} ${en} fewer are counted here` }
        : { vi: `Hệ thống tính nhiều hơn Cổng ${size} ${vi}`, en: `${size} ${en} more are counted here` };
    }
    case 'OTHER_DEFINITION':
      return otherDefinition(explanation.numeratorBy, explanation.relations);
    case 'REPORTED_FIGURE':
      return {
        vi: `Số liệu của hệ thống do ${explanation.units} đơn vị báo cáo, không đếm từ hồ sơ`,
        en: `Our figure was reported by ${explanation.units} units and not counted`,
      };
    case 'NOT_MEASURED': {
      const { vi, en } = REASONS[explanation.reason];
      const of = explanation.indicators.length === 0 ? '' : `: ${explanation.indicators.join(', ')}`;
      return explanation.side === 'here' ? { vi: `Hệ thống không có số liệu: ${vi}${of}`, en: `No figure here: ${en}${of}` }
        : { vi: `Cổng không có số liệu: ${vi}${of}`, en: `No figure of the portal: ${en}${of}` };
    }
    case 'DIFFERENT_INDICATORS':
      return { vi: `Chênh lệch ở các chỉ số ${explanation.indicators.join(', ')}`, en: `The gap of these indicators: ${explanation.indicators.join(', ')}` };
  }
}

function otherDefinition(numeratorBy: number | null, relations: readonly string[]): Wording {
  const [vi, en] = [['Cách tính khác nhau'], ['Another definition']];
  if (numeratorBy !== null) {
    vi.push(`tử số chênh ${numeratorBy}`);
    en.push(`numerators differ by ${numeratorBy}`);
  }
  if (relations.length > 0) {
    vi.push(`số liệu của Cổng không thỏa ${relations.join(', ')}`);
    en.push(`the portal's figures do not keep ${relations.join(', ')}`);
  }
  return { vi: vi.join('; '), en: en.join('; ') };
}

function alsoIn(ids: readonly string[], words: string): string {
  return ids.length === 0 ? '' : ` (${words} ${ids.join(', ')})`;
}

function shown(points: Fraction | null): string {
  return points === null ? '–' : toDecimalText(points, 2);
}
