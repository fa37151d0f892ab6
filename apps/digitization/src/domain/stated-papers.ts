import {
  thingOf, type ComponentKey, type DocumentFactBodies, type DocumentFactKind,
} from '@index766/document-life';
import type { Instant } from '@index766/kernel';

/** One entry of TaiLieuNop. Absent = not said. */
export interface StatedComponent {
  readonly code?: string | undefined;
  readonly attachment?: string | undefined;
  readonly digitised?: boolean | undefined;
  /** DuocTaiSuDung: 1 and 2 both mean reused. */
  readonly reused?: 0 | 1 | 2 | undefined;
  readonly fromPersonalStore?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

/** One entry of DanhSachGiayToKetQua. */
export interface StatedResult {
  /** MaGiayToKetQua */
  readonly code?: string | undefined;
  /** GiayToId */
  readonly document?: string | undefined;
  readonly hasFile: boolean;
}

/** What a snapshot says about papers that were handed in. */
export interface StatedPapers {
  /** The receipt of the dossier: the source states no instant of its own (national-sync.md). */
  readonly occurredAt: Instant;
  readonly components: readonly StatedComponent[];
  /** HoSoCoThanhPhanSoHoa */
  readonly hasDigitisedComponents?: boolean | undefined;
  /** TaiKhoanDuocXacThucVoiVNeID */
  readonly accountVerified?: boolean | undefined;
  /** DSKetNoiCSDL */
  readonly databases: readonly string[];
}

export interface StatedResults {
  /** The end of the dossier, else the return of its result. */
  readonly occurredAt: Instant;
  readonly documents: readonly StatedResult[];
}

/** That one thing is so, or that it is not. */
export interface Said<Kind extends DocumentFactKind = DocumentFactKind> {
  readonly thing: string;
  readonly kind: Kind;
  readonly body: DocumentFactBodies[Kind];
  readonly isSo: boolean;
  readonly at: Instant;
}

/**
 * What a snapshot says about each thing, once. Of several entries for one thing one that says "so" is enough. A deleted
 * file is not there, so nothing is so of it. An entry that was not mentioned, and a result without a file, say nothing.
 */
export function saidOf(papers: StatedPapers | undefined, results: StatedResults | undefined): readonly Said[] {
  const said = new Map<string, Said>();
  const say = <Kind extends DocumentFactKind>(kind: Kind, body: DocumentFactBodies[Kind], isSo: boolean | undefined, at: Instant): void => {
    if (isSo === undefined) return;
    const thing = thingOf(kind, body);
    said.set(thing, { thing, kind, body, at, isSo: isSo || said.get(thing)?.isSo === true });
  };
  if (papers !== undefined) sayPapers(papers, say);
  for (const { code, document, hasFile } of results?.documents ?? []) {
    const name = code ?? document;
    if (hasFile && results !== undefined) say('electronic-result-issued', name === undefined ? {} : { result: name }, true, results.occurredAt);
  }
  return [...said.values()];
}

type Say = <Kind extends DocumentFactKind>(kind: Kind, body: DocumentFactBodies[Kind], isSo: boolean | undefined, at: Instant) => void;

function sayPapers({ occurredAt: at, components, hasDigitisedComponents, accountVerified, databases }: StatedPapers, say: Say): void {
  for (const component of components) {
    const { digitised, reused, fromPersonalStore, deleted } = component;
    const key = keyOf(component);
    say('component-digitised', key, deleted === true ? false : digitised, at);
    say('component-reused', key, deleted === true ? false : isReused(reused), at);
    say('component-taken-from-personal-store', key, deleted === true ? false : fromPersonalStore, at);
  }
  // It names no component: its word is about one that is not named.
  say('component-digitised', {}, hasDigitisedComponents, at);
  say('population-data-used', { by: 'verified-account' }, accountVerified, at);
  for (const database of databases) say('population-data-used', { by: 'population-database', database }, true, at);
}

function isReused(reused: 0 | 1 | 2 | undefined): boolean | undefined {
  return reused === undefined ? undefined : reused > 0;
}

function keyOf({ code, attachment }: StatedComponent): ComponentKey {
  return { ...(code === undefined ? {} : { component: code }), ...(attachment === undefined ? {} : { attachment }) };
}
