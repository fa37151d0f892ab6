import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseSourceTokens } from '@index766/platform-auth';
import { tokenCommand } from '../commands/token.command';
import { OpsFailure, UsageFailure } from '../failure';

describe('a static token', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'source-tokens-'));
    file = path.join(folder, 'source-tokens.json');
    process.env['AUTH_SOURCE_TOKENS_FILE'] = file;
  });
  afterEach(async () => {
    delete process.env['AUTH_SOURCE_TOKENS_FILE'];
    await rm(folder, { recursive: true });
  });

  const make = async (...args: readonly string[]) => {
    const [printed, said]: [string[], string[]] = [[], []];
    await tokenCommand.run(['--static', ...args], (text) => printed.push(text), (text) => said.push(text));
    return { token: printed.join('').trim(), said: said.join('') };
  };
  const H44 = ['--role', 'source', '--unit', 'H44', '--name', 'one-stop-h44'];

  it('is printed once, and only its hash is kept, where only the owner reads it', async () => {
    const { token, said } = await make(...H44);
    const text = await readFile(file, 'utf8');
    expect([...parseSourceTokens(text).values()]).toEqual([{ subject: 'one-stop-h44', roles: ['source'], units: ['H44'] }]);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(text + said).not.toContain(token);
    expect(said).toContain('restart');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['source-tokens.json']);
  });

  it('is added to those that are there', async () => {
    await writeFile(file, '[]\n');
    await make(...H44);
    await make('--role', 'source,desk', '--unit', 'H45.1,H45.2', '--name', 'H45');
    expect([...parseSourceTokens(await readFile(file, 'utf8')).values()].map(({ subject, units }) => [subject, units])).toEqual([
      ['one-stop-h44', ['H44']], ['H45', ['H45.1', 'H45.2']],
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['without a name', ['--role', 'source', '--unit', 'H44'], '--name'],
    ['with a name that no source can have', ['--role', 'source', '--unit', 'H44', '--name', 'one stop'], '--name'],
    ['without a unit', ['--role', 'source', '--name', 'H44'], '--unit'],
    ['with an unknown role', ['--role', 'root', '--unit', 'H44', '--name', 'H44'], '--role'],
    ['with an end', [...H44, '--lifetime', '1h'], '--lifetime'],
  ])('is not made %s', async (_case, args, option) => {
    const making = make(...args);
    await expect(making).rejects.toThrow(UsageFailure);
    await expect(making).rejects.toThrow(option);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not added to a file that services would not accept', async () => {
    await writeFile(file, '[{ "name": "H44" }]');
    await expect(make(...H44)).rejects.toThrow(OpsFailure);
    expect(await readFile(file, 'utf8')).toBe('[{ "name": "H44" }]');
  });
});
