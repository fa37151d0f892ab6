import type { SampleLevel } from '../figures/sample-units';

/** A made-up officer of the sample. */
export interface SampleOfficer {
  readonly unit: string;
  readonly name: string;
  readonly title: string;
  readonly department: string;
}

/** Who receives, who works on a dossier, who signs. */
export interface UnitOfficers {
  readonly reception: readonly SampleOfficer[];
  readonly specialists: readonly SampleOfficer[];
  readonly leaders: readonly SampleOfficer[];
}

interface Staff {
  readonly reception: string;
  readonly specialists: readonly string[];
  readonly leaders: string;
  readonly leaderTitles: readonly string[];
}

const COMMUNE: Staff = {
  reception: 'Trung tâm Phục vụ hành chính công',
  specialists: ['Phòng Văn hóa - Xã hội', 'Phòng Kinh tế', 'Văn phòng HĐND và UBND'],
  leaders: 'Lãnh đạo UBND',
  leaderTitles: ['Chủ tịch', 'Phó Chủ tịch'],
};
const DEPARTMENT: Staff = {
  reception: 'Bộ phận Một cửa',
  specialists: ['Phòng Nghiệp vụ 1', 'Phòng Nghiệp vụ 2', 'Văn phòng Sở'],
  leaders: 'Lãnh đạo Sở',
  leaderTitles: ['Giám đốc', 'Phó Giám đốc'],
};

const FAMILY_NAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hà'];
const DOSSIERS_PER_SPECIALIST = 90;

/**
 * Made-up officers of a unit, as many as its dossiers ask for. "Mẫu" (sample), unit and number: no one is called so.
 * Null for a balancing unit, which appears in no list.
 */
export function officersOf(unit: string, level: SampleLevel, dossiers: number): UnitOfficers | null {
  if (level === 'BALANCE') return null;
  const staff = level === 'DEPARTMENT' ? DEPARTMENT : COMMUNE;
  const specialists = Math.min(30, 4 + Math.ceil(dossiers / DOSSIERS_PER_SPECIALIST));
  const reception = Math.min(6, 2 + Math.floor(dossiers / 600));
  let number = 0;
  const officer = (title: string, department: string): SampleOfficer => {
    number += 1;
    const family = FAMILY_NAMES[number % FAMILY_NAMES.length] ?? 'Nguyễn';
    return { unit, name: `${family} Mẫu ${unit.slice(unit.indexOf('.') + 1)}-${String(number).padStart(2, '0')}`, title, department };
  };
  return {
    reception: Array.from({ length: reception }, () => officer('Chuyên viên', staff.reception)),
    specialists: Array.from({ length: specialists }, (_, index) => officer('Chuyên viên', staff.specialists[index % staff.specialists.length] ?? staff.reception)),
    leaders: staff.leaderTitles.map((title) => officer(title, staff.leaders)),
  };
}
