import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instantOf } from '@index766/kernel';
import { Catalog } from './catalog';
import { Dossiers } from './dossiers';
import { request } from './http-request';
import { Payments } from './payments';

interface Heard {
  readonly line: string;
  readonly token: string | undefined;
  readonly body: string;
}

/** Answers each request with the next of the given answers; the last one again and again. */
class ScriptedService {
  readonly heard: Heard[] = [];
  private readonly server = createServer((incoming, response) => { void this.answer(incoming, response); });

  constructor(private readonly answers: readonly { status: number; json: unknown; retryAfter?: string }[]) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    this.heard.push({ line: `${incoming.method ?? ''} ${incoming.url ?? ''}`, token: incoming.headers.authorization, body });
    const { status, json, retryAfter } = this.answers[Math.min(this.heard.length, this.answers.length) - 1] ?? { status: 500, json: {} };
    response.writeHead(status, { 'content-type': 'application/json', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) });
    response.end(JSON.stringify(json));
  }
}

describe('a request to a service', () => {
  let service: ScriptedService | undefined;
  const serve = async (...answers: readonly { status: number; json: unknown; retryAfter?: string }[]) => {
    service = new ScriptedService(answers);
    return { url: await service.start(), heard: service.heard };
  };
  afterEach(async () => {
    await service?.stop();
    service = undefined;
  });

  it('is repeated while the service says that it cannot', async () => {
    const { url, heard } = await serve({ status: 503, json: {} }, { status: 429, json: {} }, { status: 200, json: { done: true } });
    expect(await request({ method: 'GET', url })).toMatchObject({ status: 200, json: { done: true } });
    expect(heard).toHaveLength(3);
  });

  it('is not repeated when the service refuses it', async () => {
    const { url, heard } = await serve({ status: 422, json: { code: 'UNIT.UNKNOWN' } });
    expect(await request({ method: 'GET', url })).toMatchObject({ status: 422 });
    expect(heard).toHaveLength(1);
  });

  it('fails in one sentence when nobody answers for too long', async () => {
    const { url } = await serve({ status: 200, json: {} });
    await service?.stop();
    service = undefined;
    await expect(request({ method: 'GET', url }, 200)).rejects.toThrow(`${url} does not answer: ECONNREFUSED.`);
  });

  it('of a push gives back what was refused of it', async () => {
    const refused = { MaHoSo: 'H44.114-1', code: 'PUSH.FIELD_INVALID', message: 'NgayTiepNhan: …' };
    const { url, heard } = await serve({ status: 200, json: { error_code: '1', message: '…', data: [refused] } }, { status: 200, json: { error_code: '0', message: '…' } });
    const dossiers = new Dossiers(url, 'a-token');
    const push = { service: 'CapNhatTienDoHoSoMC', data: [{ MaHoSo: 'H44.114-1', recordedAt: '2026-10-01T00:00:00.000Z' }] } as const;
    expect([await dossiers.push(push), await dossiers.push(push)]).toEqual([[refused], []]);
    expect(heard[0]).toEqual({ line: 'POST /v1/national-sync', token: 'Bearer a-token', body: JSON.stringify(push) });
  });

  it('of a push that is refused as a whole fails with the reason', async () => {
    const { url } = await serve({ status: 403, json: { code: 'AUTH.ROLE_MISSING', detail: 'the token has no role replay' } });
    await expect(new Dossiers(url, 'a-token').push({ service: 'CapNhatTienDoHoSoMC', data: [] })).rejects.toThrow(
      'The dossiers service does not take a push: status 403, AUTH.ROLE_MISSING, the token has no role replay.',
    );
  });

  it('for the units goes through all pages', async () => {
    const item = (key: string) => ({ key, inForce: { level: 'COMMUNE', parent: 'H44' } });
    const { url, heard } = await serve(
      { status: 200, json: { items: [item('H44.1'), { key: 'H44.2', inForce: null }], next: 'H44.2' } }, { status: 200, json: { items: [item('H44.3')], next: null } },
    );
    expect((await new Catalog(url).units('2026-10-31')).map(({ code }) => code)).toEqual(['H44.1', 'H44.3']);
    expect(heard.map(({ line }) => line)).toEqual(['GET /v1/units?asOf=2026-10-31&limit=500', 'GET /v1/units?asOf=2026-10-31&limit=500&after=H44.2']);
  });

  describe('that waives a fee', () => {
    const waiver = { dossier: 'G1.1-20261005-0000001', fee: '9.000101-LP1', at: instantOf(Date.parse('2026-10-06T02:00:00Z')) };

    it('is sent again until the fee is known', async () => {
      const { url, heard } = await serve(
        { status: 404, json: { code: 'PAYMENT.DOSSIER_UNKNOWN' } }, { status: 409, json: { code: 'PAYMENT.FEE_UNKNOWN' } }, { status: 200, json: {} },
      );
      await new Payments(url, 'T').waive(waiver);
      expect(heard.map(({ line }) => line)).toEqual(Array.from({ length: 3 }, () => 'POST /v1/dossiers/G1.1-20261005-0000001/waive-fee'));
      expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ fee: '9.000101-LP1', reasonCode: 'MAU-MIEN', occurredAt: '2026-10-06T02:00:00.000Z' });
    });

    it('is done where nothing is owed any more, and fails where it is refused or the fee does not come', async () => {
      await new Payments((await serve({ status: 409, json: { code: 'PAYMENT.NOTHING_OWED' } })).url, 'T').waive(waiver);
      await service?.stop();
      const refusing = await serve({ status: 403, json: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
      await expect(new Payments(refusing.url, 'T').waive(waiver)).rejects.toThrow('AUTH.UNIT_OUT_OF_SCOPE');
      await service?.stop();
      const without = await serve({ status: 409, json: { code: 'PAYMENT.FEE_UNKNOWN' } });
      await expect(new Payments(without.url, 'T').waive(waiver, 0)).rejects.toThrow('PAYMENT.FEE_UNKNOWN');
    });
  });
});
