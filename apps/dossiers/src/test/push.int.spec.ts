import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { partitionOf } from '@index766/platform-kafka';
import { databaseName, readTopic } from '@index766/testing-integration';
import { hoSo, tienTrinh, unlistedHoSoFields, unlistedTienTrinhFields } from './push-elements';
import type { PushElement } from './pushes';
import { PARTITIONS, RunningDossiers } from './running-dossiers';
import { recordsIn, recordsOf, typeOf, valueOf, waitForRecords, waitUntilSent } from './topic-reader';

let dossiers: RunningDossiers;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename));
}, 120_000);
afterAll(() => dossiers.stop());

const code = (number: number) => `H44.114-20261005-${String(number).padStart(4, '0')}`;
const ended = { TrangThaiHoSo: '10', NgayKetThucXuLy: '09/10/2026 10:00:00', NgayTra: '09/10/2026 11:00:00', HinhThuc: '1' };

describe('a push', () => {
  it('brings the facts of its dossiers to their topic, as CloudEvents', async () => {
    expect(await dossiers.push([hoSo({ MaHoSo: code(1) })])).toEqual({ error_code: '0', message: 'Đã tiếp nhận 1 (all 1 accepted)' });

    const records = await waitForRecords(dossiers, dossierTopic.name, code(1), 3);
    expect(records.map(typeOf)).toEqual(['dossier-registered', 'dossier-received', 'due-date-set']);
    expect(records.every(({ partition }) => partition === partitionOf(code(1), PARTITIONS))).toBe(true);
    const [, received] = records;
    expect(received?.headers).toEqual({
      ce_specversion: '1.0', ce_id: `dossiers.public.dossier.v1/${code(1)}/2`, ce_source: '/index766/dossiers',
      ce_type: 'dossiers.dossier-received.v1', ce_time: '2026-10-05T01:30:00.000Z', ce_subject: code(1), ce_partitionkey: code(1),
      ce_dataschema: 'urn:index766:dossiers.dossier-received.v1', ce_sequence: '2', 'content-type': 'application/json',
      ce_recordedtime: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/), ce_correlationid: expect.stringMatching(/^[0-9a-f]{32}$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-/),
    });
    expect(records.slice(1).map(valueOf)).toEqual([
      { unit: 'H44.114', procedure: '2.000815', channel: 'in-person', source: 'H44', statedDueAt: '2026-10-12T17:00:00.000Z', pushed: true },
      { dueAt: '2026-10-12T17:00:00.000Z', basis: 'stated', cause: 'received', calendarVersion: 'vn@1' },
    ]);
  });

  it('passes the parts of payments and digitization on, with sequences of their own', async () => {
    await dossiers.push([hoSo({ MaHoSo: code(2), DuocThanhToanTrucTuyen: 1, TaiLieuNop: Array.from({ length: 30 }, (_, index) => ({ MaThanhPhanHoSo: `TP-${index}` })) })]);

    const records = await waitForRecords(dossiers, intakeTopic.name, code(2), 2);
    expect(records.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2']);
    expect(records.map(valueOf)).toMatchObject([
      { payments: { paidOnline: 1, occurredAt: '2026-10-05T01:30:00.000Z', timeBasis: 'inferred' }, status: 4 }, { documents: { components: expect.any(Array) } },
    ]);
    const components = records.map(valueOf).map(({ documents }) => (documents as { components: unknown[] }).components.length);
    expect(components).toEqual([25, 5]);
  });

  it('names officers on the restricted topic alone', async () => {
    const name = 'Nguyễn Văn Dấu-Vết';
    await dossiers.push([hoSo({ MaHoSo: code(3) })]);
    await dossiers.push([tienTrinh({ MaHoSo: code(3), NguoiXuLy: name }), tienTrinh({ MaHoSo: code(3), NguoiXuLy: name, NgayBatDau: '06/10/2026 09:00:00' })]);
    const steps = (await waitForRecords(dossiers, dossierTopic.name, code(3), 5)).slice(3).map(valueOf);
    const pseudonym = String(steps[0]?.['officer']);

    expect(steps.map(({ officer }) => officer)).toEqual([pseudonym, pseudonym]);
    const seen = await waitForRecords(dossiers, officerSeenTopic.name, pseudonym, 1);
    expect(seen.map(valueOf)).toEqual([{ name, title: 'Công chức Tư pháp - Hộ tịch', department: 'Phòng Văn hóa - Xã hội', unit: 'H44.114' }]);
    await waitUntilSent(dossiers);
    expect(await everythingKept([dossierTopic.name, intakeTopic.name])).not.toContain('Dấu-Vết');
  });

  it('announces an officer again only under another title', async () => {
    const officer = { MaHoSo: code(4), NguoiXuLy: 'Lê Thị Ba' };
    await dossiers.push([tienTrinh(officer)]);
    await dossiers.push([tienTrinh({ ...officer, NgayBatDau: '06/10/2026 09:00:00' })]);
    await dossiers.push([tienTrinh({ ...officer, ChucDanh: 'Phó phòng' })]);

    const [step] = await waitForRecords(dossiers, dossierTopic.name, code(4), 2);
    const pseudonym = String(step && valueOf(step)['officer']);
    const seen = await waitForRecords(dossiers, officerSeenTopic.name, pseudonym, 2);
    expect(seen.map((record) => valueOf(record)['title'])).toEqual(['Công chức Tư pháp - Hộ tịch', 'Phó phòng']);
  });

  it('takes the others when three of a hundred are bad', async () => {
    const elements = Array.from({ length: 100 }, (_, index) => hoSo({ MaHoSo: code(100 + index) }));
    elements[10] = hoSo({ MaHoSo: code(110), NgayTiepNhan: '31/02/2026 08:00:00' });
    elements[50] = hoSo({ MaHoSo: code(150), DonViXuLy: '' });
    elements[90] = hoSo({ MaHoSo: '' });

    expect(await dossiers.push(elements)).toEqual({
      error_code: '1',
      message: 'Đã tiếp nhận 97, không tiếp nhận 3 (97 accepted, 3 refused)',
      data: [
        { MaHoSo: code(110), code: 'PUSH.FIELD_INVALID', message: 'NgayTiepNhan: the field is not of the form instant' },
        { MaHoSo: code(150), code: 'PUSH.FIELD_MISSING', message: 'DonViXuLy: a dossier that is not known yet needs its unit' },
        { MaHoSo: '', code: 'PUSH.FIELD_MISSING', message: 'MaHoSo: the field is missing or empty' },
      ],
    });
    expect(await dossiers.documents.db.collection('dossiers').countDocuments({ _id: { $gte: code(100), $lt: code(200) } as never })).toBe(97);
    await waitUntilSent(dossiers);
    const sent = (await recordsIn(dossiers, dossierTopic.name)).filter(({ key }) => key >= code(100) && key < code(200));
    expect(new Set(sent.map(({ key }) => key)).size).toBe(97);
    expect(sent.filter(({ key }) => [110, 150, 190].map(code).includes(key))).toEqual([]);
  });
});

describe('the same pushes again', () => {
  it('shuffled and split otherwise say nothing new', async () => {
    const elements = Array.from({ length: 20 }, (_, index) => index + 300).flatMap((number): PushElement[] => [
      hoSo({ MaHoSo: code(number), TrangThaiHoSo: 1, NgayTiepNhan: '', NgayHenTra: '' }), hoSo({ MaHoSo: code(number) }), hoSo({ MaHoSo: code(number), ...ended }),
    ]);
    const steps = Array.from({ length: 20 }, (_, index) => tienTrinh({ MaHoSo: code(index + 300), ThoiDiemXuLy: '06/10/2026 10:00:00' }));
    await dossiers.push(elements);
    await dossiers.push(steps);
    await waitUntilSent(dossiers);
    const first = await recordsIn(dossiers, dossierTopic.name);

    const reversed = [...elements].reverse();
    await dossiers.push([...steps].reverse());
    for (let from = 0; from < reversed.length; from += 7) expect(await dossiers.push(reversed.slice(from, from + 7))).toMatchObject({ error_code: '0' });
    await dossiers.push(elements);
    await waitUntilSent(dossiers);

    expect((await recordsIn(dossiers, dossierTopic.name)).length).toBe(first.length);
    expect((await recordsOf(dossiers, dossierTopic.name, code(300))).map(typeOf)).toEqual([
      'dossier-registered', 'dossier-received', 'due-date-set', 'dossier-finished', 'result-returned', 'step-assigned', 'step-completed',
    ]);
  });

  it('from many senders at once leave each fact once, numbered without gaps', async () => {
    const versions = [hoSo({ MaHoSo: code(400) }), hoSo({ MaHoSo: code(400), ...ended }), hoSo({ MaHoSo: code(400), NgayTiepNhan: '', TrangThaiHoSo: 1, NgayHenTra: '' })];
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => dossiers.push(versions.slice(index % 3, (index % 3) + 1))));
    expect(answers.every(({ error_code }) => error_code === '0')).toBe(true);

    const records = await waitForRecords(dossiers, dossierTopic.name, code(400), 5);
    expect(records.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2', '3', '4', '5']);
    expect(new Set(records.map(typeOf)).size).toBe(5);
  });

  it('after a restart go on where they were', async () => {
    await dossiers.push([hoSo({ MaHoSo: code(500) })]);
    await dossiers.restart();
    await dossiers.push([hoSo({ MaHoSo: code(500) }), hoSo({ MaHoSo: code(500), ...ended })]);

    const records = await waitForRecords(dossiers, dossierTopic.name, code(500), 5);
    expect(records.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2', '3', '4', '5']);
  }, 60_000);
});

/** The known trick (lifecycle.md §6), as a one-stop system plays it. */
describe('the end of an overdue dossier set equal to its due instant and pushed again', () => {
  const due = '2026-10-07 17:00:00';
  const late = { NgayHenTra: due, TrangThaiHoSo: '9', NgayKetThucXuLy: '2026-10-09 10:00:00' };
  const [stated, standing] = ['2026-10-07T10:00:00.000Z', '2026-10-09T03:00:00.000Z'];
  const dataOf = async (number: number, kind: string) =>
    (await recordsOf(dossiers, dossierTopic.name, code(number))).filter((record) => typeOf(record) === kind).map(valueOf);

  it('with the instants that were known before besides: a correction, once', async () => {
    const returned = { ...late, TrangThaiHoSo: '10', NgayTra: '2026-10-09 11:00:00' };
    await dossiers.push([hoSo({ MaHoSo: code(700), ...returned })]);
    for (let again = 0; again < 3; again += 1) await dossiers.push([hoSo({ MaHoSo: code(700), ...returned, NgayKetThucXuLy: due })]);
    await waitUntilSent(dossiers);

    expect(await dataOf(700, 'dossier-corrected')).toMatchObject([{ field: 'finished-at', before: standing, after: stated }]);
    expect(await dataOf(700, 'statement-not-followed')).toEqual([]);
  });

  it('without a later instant: it is not followed, and that it was stated is told, once', async () => {
    await dossiers.push([hoSo({ MaHoSo: code(701), ...late })]);
    for (const KenhThucHien of ['1', '', '1']) await dossiers.push([hoSo({ MaHoSo: code(701), ...late, KenhThucHien, NgayKetThucXuLy: due })]);
    await waitUntilSent(dossiers);

    expect(await dataOf(701, 'dossier-corrected')).toEqual([]);
    expect(await dataOf(701, 'statement-not-followed')).toEqual([
      { field: 'finished-at', stated, standing, source: 'H44', cause: 'outranked', latestAt: stated, outrankedBy: standing, timeBasis: 'inferred' },
    ]);
    expect(await (await dossiers.get(`/v1/dossiers/${code(701)}`)).json()).toMatchObject({ timeline: { endedAt: standing } });
  });
});

describe('a field that is not in the table', () => {
  it('is found in no topic, document or metric', async () => {
    const marker = 'DAU-VET-KHONG-DUOC-GIU';
    await dossiers.push([hoSo({ MaHoSo: code(600), ...unlistedHoSoFields(marker) }), hoSo({ MaHoSo: code(601), ...unlistedHoSoFields(marker), NgayTiepNhan: marker })]);
    await dossiers.push([tienTrinh({ MaHoSo: code(600), ...unlistedTienTrinhFields(marker) })]);
    await waitForRecords(dossiers, dossierTopic.name, code(600), 5);
    await waitForRecords(dossiers, intakeTopic.name, code(600), 1);
    await waitUntilSent(dossiers);

    expect(await everythingKept([dossierTopic.name, intakeTopic.name, officerSeenTopic.name])).not.toContain(marker);
    expect(await (await dossiers.get('/metrics')).text()).not.toContain(marker);
  });
});

/** Topics and documents as one text. */
async function everythingKept(topics: readonly string[]): Promise<string> {
  const records = await Promise.all(topics.map((topic) => readTopic(topic, { brokers: dossiers.brokers })));
  const { db } = dossiers.documents;
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  const documents = await Promise.all(collections.map(({ name }) => db.collection(name).find().toArray()));
  const text = (value: unknown) => JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  return text([records.flat().map(({ key, headers, value }) => [key, headers, value?.toString('utf8')]), documents]);
}
