import { instantOf, type Instant } from '@index766/kernel';
import { z } from 'zod';
import { defineFact, defineTopic, type DataOf } from '../contract';
import { envelopeOf, type Envelope } from '../envelope';
import { wireInstant } from '../wire-text';

/** A small topic for specs: letters that an office receives and answers. */
export const letterReceived = defineFact({
  type: 'offices.letter-received.v1',
  schema: z.object({
    pages: z.int().min(1),
    dueAt: wireInstant.optional(),
    sheets: z.array(z.object({ code: z.string().max(8) })).optional(),
  }),
  example: { pages: 3 },
});

export const letterAnswered = defineFact({
  type: 'offices.letter-answered.v1',
  schema: z.object({ by: z.enum(['post', 'mail']) }),
  example: { by: 'post' },
});

export const letterTopic = defineTopic({
  name: 'offices.public.letter.v1',
  producer: 'offices',
  visibility: 'public',
  keyedBy: 'letter id',
  partitions: 'dossier',
  retention: 'forever',
  facts: [letterReceived, letterAnswered],
});

export const OCTOBER: Instant = instantOf(Date.UTC(2026, 9, 5, 1, 30));

export function letterEnvelope(change: Partial<Omit<Envelope, 'id' | 'source'>> = {}): Envelope {
  return envelopeOf(letterTopic, {
    type: letterReceived.type,
    occurredAt: OCTOBER,
    recordedAt: instantOf(OCTOBER + 60_000),
    subject: 'G09.20-20260609-0092637',
    sequence: 1,
    ...change,
  });
}

export const aLetter: DataOf<typeof letterReceived> = { pages: 3, dueAt: '2026-10-12T17:00:00.000Z' };
