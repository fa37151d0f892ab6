import { parseInstant, type Instant, type UnitCode } from '@index766/kernel';

import { readManifest, type Manifest } from './edition-content';
import type { PublishedEdition } from './edition-history';
import type { EditionClaim } from './edition-store';
import type { Visibility } from './visibility';

/** What an edition saw, by its own manifest: whoever has the topics computes it again with this. */
export function visibilityOf({ knownBefore, catalogKnownBefore, exclusions: { subjects, sources, producers } }: Manifest): Visibility {
  return {
    knownBefore: instantIn(knownBefore), catalogKnownBefore: instantIn(catalogKnownBefore),
    exclusions: { subjects, sources, producers: producers.map((each) => ({ ...each, before: instantIn(each.before) })) },
  };
}

/** The claim that an edition was published by: what it says follows from it. */
export function claimOf({ published, publishedAt }: PublishedEdition): EditionClaim {
  const { province, period, number, state, publishedBy = null, manifest } = published;
  const read = readManifest(manifest);
  return { province: province as UnitCode, period, number, state, publishedBy, claimedAt: publishedAt, visibility: visibilityOf(read), form: read.form };
}

function instantIn(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError('a manifest names no instant');
  return instant;
}
