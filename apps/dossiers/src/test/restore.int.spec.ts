import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { databaseName } from '@index766/testing-integration';
import { describeRestore } from '@index766/testing-suites';
import { hoSo, tienTrinh } from './push-elements';
import { RunningDossiers } from './running-dossiers';

const idOf = (number: number) => `H44.114-20261005-${String(number).padStart(4, '0')}`;
const BEHIND = 20;

/** Dossier `number` comes in with a fee and an officer at work; one that came before it ends. */
function elementsOf(number: number) {
  const fee = { DanhSachLePhi: [{ MaPhiLePhi: 'LP-01', Gia: String(1_000 * number) }] };
  const MaHoSo = idOf(number);
  const ending = idOf(number - BEHIND);
  const ended = { TrangThaiHoSo: '9', NgayKetThucXuLy: '08/10/2026 15:00:00' };
  const step = { NguoiXuLy: `Nguyễn Ví Dụ ${number}` };
  return {
    dossiers: [hoSo({ MaHoSo, ...fee }), ...(number > BEHIND ? [hoSo({ MaHoSo: ending, ...ended })] : [])],
    steps: [tienTrinh({ MaHoSo, ...step })],
  };
}

/** Bodies of facts come back from the topic with their fields in another order. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part));
}

describeRestore({
  name: 'dossiers',
  topics: [dossierTopic, intakeTopic, officerSeenTopic],
  collections: {
    dossiers: ({ facts, push, slot, moving }) => {
      const { rank, intakeCount } = JSON.parse(String(push)) as { rank: unknown; intakeCount: unknown };
      return { facts: sorted(JSON.parse(String(facts))), rank, intakeCount, slot, moving };
    },
    officers: ({ seenAs, sequence, slot }) => ({ seenAs, sequence, slot }),
  },
  open: async () => {
    const dossiers = await RunningDossiers.open(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    return {
      kafka: dossiers.kafka,
      documents: dossiers.documents,
      startMember: (port) => dossiers.startMember(port),
      stopMembers: () => dossiers.stopMembers(),
      write: async (from, to) => {
        const elements = Array.from({ length: to - from + 1 }, (_, index) => elementsOf(from + index));
        for (const service of [elements.flatMap((each) => each.dossiers), elements.flatMap(({ steps }) => steps)]) {
          for (let start = 0; start < service.length; start += 100) {
            const { error_code: code } = await dossiers.push(service.slice(start, start + 100));
            if (code !== '0') throw new Error(`the push was answered with error_code ${code}`);
          }
        }
      },
      close: () => dossiers.stop(),
    };
  },
});
