import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { OpsFailure } from '../failure';
import { contentOf, framed, framePages, FrameWriter, sha256Of } from './frames';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'frames-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function pagesOf(file: string, size: number): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for await (const page of framePages(file, size)) pages.push(page.map((frame) => Buffer.from(contentOf(frame)).toString('utf8')));
  return pages;
}

describe('a file of frames', () => {
  it('gives back what was written, in pages, and is its owner\'s alone', async () => {
    const file = path.join(folder, 'letters.gz');
    const writer = new FrameWriter(file);
    const large = 'x'.repeat(300_000);
    await writer.write(['a', '', large].map((text) => framed(Buffer.from(text))));
    await writer.write([framed(Buffer.from('d'))]);

    expect(await writer.end()).toEqual({ frames: 4, sha256: await sha256Of(file) });
    expect(await pagesOf(file, 3)).toEqual([['a', '', large], ['d']]);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('that ends in the middle of a frame, or is none, is an error', async () => {
    const file = path.join(folder, 'letters.gz');
    writeFileSync(file, gzipSync(Buffer.from(framed(Buffer.from('letter'))).subarray(0, 7)));
    await expect(pagesOf(file, 10)).rejects.toThrow('ends in the middle of a frame');
    writeFileSync(file, gzipSync(Buffer.from([255, 255, 255, 255])));
    await expect(pagesOf(file, 10)).rejects.toThrow('has a frame of -1 bytes');
    expect(gunzipSync(readFileSync(file))).toHaveLength(4);
  });

  it('that cannot be written is told in one sentence', async () => {
    const writer = new FrameWriter(path.join(folder, 'no', 'such', 'folder.gz'));
    await expect(writer.end()).rejects.toThrow(OpsFailure);
  });
});
