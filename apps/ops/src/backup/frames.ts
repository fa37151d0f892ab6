import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { codeOf, OpsFailure } from '../failure';

const LENGTH_BYTES = 4;
/** Far more than a document or a record may have: a length above it is no length. */
const LONGEST = 64 * 1024 * 1024;

/** What a file of frames holds, as the list of a backup has it. */
export interface FramesWritten {
  readonly frames: number;
  /** Of the file's bytes. */
  readonly sha256: string;
}

/**
 * Writes a compressed file of frames. A frame says in its first four bytes (little endian) how many it has, these four
 * included, as a BSON document does by itself.
 */
export class FrameWriter {
  private readonly gzip = createGzip();
  private readonly done: Promise<void>;
  private frames = 0;

  constructor(private readonly file: string) {
    this.done = pipeline(this.gzip, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true })).catch((error: unknown) => {
      throw new OpsFailure(`${file} cannot be written: ${codeOf(error) ?? 'unknown failure'}.`);
    });
    this.done.catch(() => undefined); // told by `write` and `end`
  }

  async write(frames: readonly Uint8Array[]): Promise<void> {
    for (const frame of frames) {
      this.frames += 1;
      if (!this.gzip.write(frame)) await Promise.race([once(this.gzip, 'drain'), this.done]);
    }
  }

  /** Resolves when all of it is in the file. */
  async end(): Promise<FramesWritten> {
    this.gzip.end();
    await this.done;
    return { frames: this.frames, sha256: await sha256Of(this.file) };
  }
}

/** A content with its length in front of it. */
export function framed(content: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(LENGTH_BYTES + content.length);
  frame.writeInt32LE(frame.length);
  frame.set(content, LENGTH_BYTES);
  return frame;
}

/** What `framed` was given. */
export function contentOf(frame: Uint8Array): Uint8Array {
  return frame.subarray(LENGTH_BYTES);
}

/** The frames of a file in their order, so many at a time. Throws when the file ends in the middle of one. */
export async function* framePages(file: string, size: number): AsyncGenerator<readonly Uint8Array[]> {
  const content = createReadStream(file).pipe(createGunzip());
  let rest: Buffer = Buffer.alloc(0);
  let page: Uint8Array[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const cut = cutFrames(Buffer.concat([rest, chunk]), file);
    rest = cut.rest;
    for (const frame of cut.frames) {
      page.push(frame);
      if (page.length < size) continue;
      yield page;
      page = [];
    }
  }
  if (rest.length > 0) throw new Error(`${file} ends in the middle of a frame`);
  if (page.length > 0) yield page;
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(file);
  stream.on('data', (chunk) => hash.update(chunk));
  await finished(stream);
  return hash.digest('hex');
}

function cutFrames(bytes: Buffer, file: string): { readonly frames: readonly Uint8Array[]; readonly rest: Buffer } {
  const frames: Uint8Array[] = [];
  let start = 0;
  while (bytes.length - start >= LENGTH_BYTES) {
    const length = bytes.readInt32LE(start);
    if (length < LENGTH_BYTES || length > LONGEST) throw new Error(`${file} has a frame of ${length} bytes`);
    if (bytes.length - start < length) break;
    frames.push(bytes.subarray(start, start + length));
    start += length;
  }
  return { frames, rest: bytes.subarray(start) };
}
