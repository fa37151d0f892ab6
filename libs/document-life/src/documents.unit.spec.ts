import { instantOf, type Instant } from '@index766/kernel';
import { foldDocuments } from './fold';
import type { DocumentFactKind } from './facts';
import { documentStanding, nextChangeAfter, type DocumentStanding } from './standing';
import { statementsOf } from './statements';
import { factsOf, october, type Told } from './test/document-facts';
import { INSTANT_OF_KIND, NO_DOCUMENTS } from './view';

const RECEIPT = october('05 08:30');
const END = october('31 00:00');
const paper = { component: 'TP-01', attachment: '4711' };
const result = { result: 'KQ-1' };

const digitised = (at: Instant, by: 'desk' | 'push' = 'desk', body: { readonly component?: string; readonly retracted?: true } = paper): Told => ['component-digitised', at, body, by];
const viewOf = (...told: readonly Told[]) => foldDocuments(factsOf(...told));
const after = (at: Instant): Instant => instantOf(at + 1);

const NOTHING: DocumentStanding = { digitised: false, reused: false, populationData: false, resultIssued: false, personalStore: false, signedAndArchived: false };

describe('each kind of fact', () => {
  it.each<[DocumentFactKind, Told, Partial<DocumentStanding>]>([
    ['component-digitised', ['component-digitised', RECEIPT, paper], { digitised: true }],
    ['component-reused', ['component-reused', RECEIPT, paper], { reused: true }],
    ['component-taken-from-personal-store', ['component-taken-from-personal-store', RECEIPT, paper], { personalStore: true }],
    ['population-data-used', ['population-data-used', RECEIPT, { by: 'verified-account' }], { populationData: true }],
    ['electronic-result-issued', ['electronic-result-issued', RECEIPT, result], { resultIssued: true }],
    ['result-signed', ['result-signed', RECEIPT, result], {}],
    ['result-archived', ['result-archived', RECEIPT, result], {}],
    ['result-linked-to-personal-store', ['result-linked-to-personal-store', RECEIPT, result], { personalStore: true }],
  ])('%s says one thing, from its instant on', (kind, told, standing) => {
    const view = viewOf(told);
    expect(view).toEqual({ ...NO_DOCUMENTS, [INSTANT_OF_KIND[kind]]: RECEIPT });
    expect(documentStanding(view, RECEIPT)).toEqual(NOTHING);
    expect(documentStanding(view, after(RECEIPT))).toEqual({ ...NOTHING, ...standing });
  });
});

it('a dossier without a fact has nothing', () => {
  expect(foldDocuments([])).toBe(NO_DOCUMENTS);
  expect(documentStanding(NO_DOCUMENTS, END)).toEqual(NOTHING);
});

it('II.8 needs all three: digitised, signed and archived', () => {
  const told: readonly Told[] = [digitised(RECEIPT), ['result-signed', october('10 09:00'), result], ['result-archived', october('12 09:00'), result]];
  for (const missing of told) {
    expect(documentStanding(viewOf(...told.filter((each) => each !== missing)), END).signedAndArchived).toBe(false);
  }
  expect([october('12 09:00'), after(october('12 09:00'))].map((before) => documentStanding(viewOf(...told), before).signedAndArchived)).toEqual([false, true]);
});

describe('of several facts', () => {
  it('about several things the first instant counts', () => {
    expect(viewOf(digitised(october('07 09:00')), digitised(october('06 09:00'), 'push', { component: 'TP-02' })).digitisedAt).toBe(october('06 09:00'));
  });

  it('that state one thing the earliest counts', () => {
    expect(viewOf(digitised(october('07 09:00')), digitised(october('06 09:00'))).digitisedAt).toBe(october('06 09:00'));
    expect(viewOf(digitised(october('06 09:00')), digitised(october('07 09:00'))).digitisedAt).toBe(october('06 09:00'));
  });

  it('of pushes about one thing the last recorded counts, earlier or later', () => {
    expect(viewOf(digitised(RECEIPT, 'push'), digitised(october('07 09:00'), 'push')).digitisedAt).toBe(october('07 09:00'));
    expect(viewOf(digitised(october('07 09:00'), 'push'), digitised(RECEIPT, 'push')).digitisedAt).toBe(RECEIPT);
  });

  it('files of one component, results and databases are things of their own', () => {
    const statements = statementsOf(factsOf(
      digitised(RECEIPT), ['component-digitised', RECEIPT, { component: 'TP-01', attachment: '4712' }], ['component-digitised', RECEIPT, { component: 'TP-01' }],
      ['component-digitised', RECEIPT, {}], ['population-data-used', RECEIPT, { by: 'population-database', database: 'A' }],
      ['population-data-used', RECEIPT, { by: 'population-database', database: 'B' }], ['electronic-result-issued', RECEIPT, {}], ['electronic-result-issued', RECEIPT, result],
    ));
    expect(statements).toHaveLength(8);
  });
});

describe('what pushes take back', () => {
  const takenBack: Told = ['component-digitised', RECEIPT, { ...paper, retracted: true }, 'push'];

  it('was never so, until they say it again', () => {
    expect(viewOf(digitised(RECEIPT, 'push'), takenBack).digitisedAt).toBeNull();
    expect(viewOf(digitised(RECEIPT, 'push'), takenBack, digitised(october('08 09:00'), 'push')).digitisedAt).toBe(october('08 09:00'));
  });

  it('stands where a desk stated it', () => {
    expect(viewOf(digitised(RECEIPT, 'push'), digitised(october('07 09:00')), takenBack).digitisedAt).toBe(october('07 09:00'));
  });

  it('is that one thing', () => {
    expect(viewOf(digitised(RECEIPT, 'push'), digitised(october('06 09:00'), 'push', { component: 'TP-02' }), takenBack).digitisedAt).toBe(october('06 09:00'));
  });
});

it('the next change is the first instant after which the standing may differ', () => {
  const view = viewOf(digitised(october('07 09:00')), ['component-reused', RECEIPT, paper], ['result-signed', october('12 09:00'), result]);
  const changes: Instant[] = [];
  for (let at: Instant | null = instantOf(0); at !== null; at = nextChangeAfter(view, at)) changes.push(at);
  expect(changes.slice(1)).toEqual([RECEIPT, october('07 09:00'), october('12 09:00')]);
});
