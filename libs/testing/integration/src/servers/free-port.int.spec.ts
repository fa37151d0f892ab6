import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port';

/** The built form of what is tested: another process cannot load TypeScript. */
const BUILT = path.resolve(__dirname, '../../dist/servers/free-port.js');
/** So many that a repetition among random ones would be certain. */
const COUNT = 1_000;

async function ports(count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let call = 0; call < count; call += 1) taken.push(await freePort());
  return taken;
}

describe('free ports', () => {
  it('are different ones, though nobody listens on the first yet', async () => {
    const taken = await ports(COUNT);
    expect(new Set(taken).size).toBe(COUNT);
  });

  it('are different from those of another process that does not listen yet either', async () => {
    const script = `
      const { freePort } = require(${JSON.stringify(BUILT)});
      (async () => {
        const taken = [];
        for (let call = 0; call < ${COUNT}; call += 1) taken.push(await freePort());
        console.log(JSON.stringify(taken));
        process.stdin.resume(); // until whoever started it has taken others
      })();`;
    const other = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(other.stdout), 'line')) as [string];
    const [others, own] = [JSON.parse(line) as number[], await ports(COUNT)];
    other.stdin.end();
    await once(other, 'exit');

    expect(others.filter((port) => own.includes(port))).toEqual([]);
  });
});
