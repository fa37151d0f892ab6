import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSourceToken } from '@index766/platform-auth';
import { databaseName } from '@index766/testing-integration';
import { hoSo } from './push-elements';
import { RunningDossiers } from './running-dossiers';

const { token, sha256 } = createSourceToken();
let folder: string;
let dossiers: RunningDossiers;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'static-tokens-'));
  const file = path.join(folder, 'source-tokens.json');
  writeFileSync(file, JSON.stringify([{ name: 'one-stop-h44', sha256, roles: ['source'], units: ['H44'] }]));
  dossiers = await RunningDossiers.start(databaseName(__filename), { AUTH_SOURCE_TOKENS_FILE: file });
}, 120_000);
afterAll(async () => {
  await dossiers.stop();
  rmSync(folder, { recursive: true });
});

const push = async (bearer: string, MaHoSo: string, DonViXuLy: string) => {
  const response = await dossiers.post('/v1/national-sync', { token: bearer, body: { service: 'DongBoHoSoMC', data: [hoSo({ MaHoSo, DonViXuLy })] } });
  return [response.status, await response.json()] as const;
};

describe('a source with a static token', () => {
  it('pushes dossiers of its units, under its name', async () => {
    expect(await push(token, 'H44.114-1', 'H44.114')).toMatchObject([200, { error_code: '0' }]);
    const { facts } = await (await dossiers.get('/v1/dossiers/H44.114-1')).json() as { readonly facts: readonly object[] };
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'dossier-registered', body: expect.objectContaining({ source: 'one-stop-h44' }) }));
  });

  it('gets back the dossiers of other units', async () => {
    expect(await push(token, 'H45.1-1', 'H45.1')).toMatchObject([200, { error_code: '1', data: [{ MaHoSo: 'H45.1-1', code: 'AUTH.UNIT_OUT_OF_SCOPE' }] }]);
    expect((await dossiers.get('/v1/dossiers/H45.1-1')).status).toBe(404);
  });

  it('is refused with another token, the stored hash included', async () => {
    for (const wrong of [createSourceToken().token, sha256]) {
      expect(await push(wrong, 'H44.114-2', 'H44.114')).toMatchObject([401, { code: 'AUTH.INVALID_TOKEN' }]);
    }
    expect((await dossiers.get('/v1/dossiers/H44.114-2')).status).toBe(404);
  });
});
