import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chooseSample } from '../choosing/chosen-sample';
import { sampleChoice } from '../choosing/sample-options';
import { sampleCommand } from '../commands/sample.command';
import { NO_PROGRESS } from '../loading/progress';
import { writeSample } from './write-sample';

const HEADING = 'period,scope,unit_code,unit_name,level,indicator,numerator,denominator,points,max';

describe('a written sample', () => {
  let folder = '';
  beforeEach(async () => { folder = await mkdtemp(path.join(os.tmpdir(), 'sample-')); });
  afterEach(async () => { await rm(folder, { recursive: true, force: true }); });

  const write = async (out: string, seed: string) => {
    const choice = sampleChoice({ units: ['H44.20'], seed });
    return writeSample(await chooseSample(choice), choice.seed, out, NO_PROGRESS);
  };
  const contents = async (out: string) => {
    const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const texts = await Promise.all(files.map(async ({ parentPath, name }) => [name, await readFile(path.join(parentPath, name), 'utf8')] as const));
    return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  it('has the pushes in the order in which they can be sent, and the records that go before them', async () => {
    const pushes = await write(folder, '1');
    expect(await readdir(path.join(folder, 'pushes'))).toHaveLength(pushes);
    expect(await readdir(path.join(folder, 'reference'))).toEqual(['calendar.json', 'officers.json', 'procedures.csv', 'reported-figures.csv', 'units.csv']);
    expect(JSON.parse(await readFile(path.join(folder, 'pushes/0001-0001.json'), 'utf8'))).toMatchObject({ service: expect.any(String), data: expect.any(Array) });
    expect(await readFile(path.join(folder, 'reference/units.csv'), 'utf8')).toContain('"Sở Văn hóa, Thể thao và Du lịch - Tỉnh Phú Thọ",DEPARTMENT,H44,');
    for (const name of ['ratings.json', 'petitions.json', 'waivers.json']) expect(JSON.parse(await readFile(path.join(folder, name), 'utf8'))).toEqual(expect.any(Array));
    expect(await readFile(path.join(folder, 'reference/procedures.csv'), 'utf8')).toContain('name;steps;manner;dossier;time-limit;applicants;agency');
    expect(JSON.parse(await readFile(path.join(folder, 'sample.json'), 'utf8'))).toMatchObject({ period: '2026-10', seed: 1, units: [{ code: 'H44.20', onTime: 81, dossiers: 84 }] });
  });

  it('is the same, byte for byte, for the same seed, and replaces the one before', async () => {
    await write(folder, '2');
    await write(folder, '1');
    const other = path.join(folder, 'other');
    await write(other, '1');
    const first = await contents(other);
    await rm(other, { recursive: true });
    expect(await contents(folder)).toEqual(first);
  });

  it('does not go into a folder with other files', async () => {
    await writeFile(path.join(folder, 'thesis.txt'), 'x');
    await expect(write(folder, '1')).rejects.toThrow('has other files in it');
  });

  describe('of other figures', () => {
    const run = async (lines: readonly string[], ...options: string[]) => {
      const file = path.join(folder, 'figures.csv');
      await writeFile(file, [HEADING, ...lines].join('\n'));
      const [said, shown]: [string[], string[]] = [[], []];
      const out = path.join(folder, 'out');
      const code = await sampleCommand.run(['--figures', file, '--out', out, ...options], (text) => shown.push(text), (text) => said.push(text));
      const units = code === 0 ? (JSON.parse(await readFile(path.join(out, 'sample.json'), 'utf8')) as { units: { code: string; onTime: number; dossiers: number }[] }).units : [];
      return { code, said: said.join(''), shown: shown.join(''), units: units.map(({ code: unit, onTime, dossiers }) => [unit, onTime, dossiers]) };
    };

    it('has every unit of the file and what balances its province', async () => {
      expect(await run([
        'month,all,G22,Tỉnh A,PROVINCE,2.1,50,70,,20', 'month,all,G22.01,Xã B,COMMUNE,2.1,20,30,,20', 'year,all,G22.02,Xã C,COMMUNE,2.1,20,30,,20',
      ])).toMatchObject({ code: 0, units: [['G22.01', 20, 30], ['G22.BALANCE-01', 30, 40]] });
    });

    it('says what it left out, and fails for it only if it is asked to', async () => {
      const lines = ['month,all,G22.01,Xã B,COMMUNE,2.1,20,30,,20', 'month,all,G22.02,Xã C,COMMUNE,2.1,31,30,,20'];
      const lenient = await run(lines);
      expect(lenient).toMatchObject({ code: 0, units: [['G22.01', 20, 30]] });
      expect(lenient.said).toContain('G22.02: the figures break "2.1 n ≤ d" (2.1 31/30); left out: 2.1');
      expect(await run(lines, '--strict')).toMatchObject({ code: 1 });
    });

    it('is refused with the line of what is wrong', async () => {
      await expect(run(['month,all,G22.01,Xã B,COMMUNE,2.1,20,x,,20'])).rejects.toThrow(/line 2, column denominator: is neither empty nor a whole number/);
      await expect(run(['month,all,G22.01,Xã B,COMMUNE,1.4,20,20,,20'])).rejects.toThrow('has no unit to make a sample of');
      await expect(run(['year,all,G22.01,Xã B,COMMUNE,2.1,20,30,,20'])).rejects.toThrow('has no rows with period month and scope all');
    });

    it('is refused if there is no such file', async () => {
      await expect(sampleCommand.run(['--figures', path.join(folder, 'none.csv'), '--out', folder], () => undefined, () => undefined)).rejects.toThrow('There is no file');
    });
  });
});
