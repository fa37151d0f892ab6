import { createHash } from 'node:crypto';
import { PERIOD } from './sample-pushes.mjs';

const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Digest of the index of the province and all its units, and of its late officers, for the ended month. */
export async function figuresDigest(url, province = 'H44') {
  const paths = [`/v1/scores?parent=${province}&period=${PERIOD}`, `/v1/units/${province}/late-officers/${PERIOD}`];
  const texts = await Promise.all(paths.map(async (path) => {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
    return answer.text();
  }));
  return digest(texts.join('\n'));
}
