// Cases of 3,838 units, as the ledger has them: views. The same for one seed, unit by unit.
import { NO_DOCUMENTS } from '@index766/document-life';
import { NO_FEEDBACK } from '@index766/feedback-life';
import { parsePeriod } from '@index766/kernel';

const DAY = 86_400_000;
export const UNITS = 3_838;
export const PROVINCES = 34;
export const PROCEDURES_OF_UNIT = 40;
export const PROCEDURES = 2_000;

export const WEEK = periodOf('2026-W47');
export const YEAR = periodOf('2026');

export function periodOf(name) {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
}

const CODES = [];

export function unitCode(unit) {
  return `${provinceCode(unit % PROVINCES)}.${unit}`;
}

export function provinceCode(province) {
  return `H${province}`;
}

/** One and the same text each time, as the aggregator shares what it reads of the catalog. */
export function procedureCode(procedure) {
  return (CODES[procedure] ??= `2.${String(procedure).padStart(6, '0')}`);
}

/** The procedures that a unit has; three in four are offered online, one in two has a fee, two in three are for citizens. */
export function stockOf(unit) {
  return Array.from({ length: PROCEDURES_OF_UNIT }, (_, index) => {
    const procedure = (unit * 7 + index * 13) % PROCEDURES;
    return { procedure, online: index % 4 !== 0, fee: index % 2 === 0, citizen: index % 3 !== 0 };
  });
}

/**
 * What is true of every dossier that was received in a year like 2026: `dossiers` of all units, over `years` years. All of the years
 * before have ended: what is open is in hand in every period, and no history.
 */
export function* casesOf(unit, { dossiers, years }) {
  const random = randomFrom(unit + 1);
  const own = Math.floor(dossiers / UNITS) + (unit < dossiers % UNITS ? 1 : 0);
  const stock = stockOf(unit);
  const first = WEEK.end - 365 * DAY;
  for (let index = 0; index < own * years; index += 1) {
    const year = Math.floor(index / own);
    const { procedure, fee } = stock[Math.floor(random() * stock.length)];
    const receivedAt = Math.floor(first - year * 365 * DAY + random() * 365 * DAY);
    yield caseOf({ id: `${unitCode(unit)}-${index}`, unit: unitCode(unit), procedure: procedureCode(procedure), fee, receivedAt, mayStayOpen: year === 0, random });
  }
}

function caseOf({ id, unit, procedure, fee, receivedAt, mayStayOpen, random }) {
  const within = (days) => Math.floor(receivedAt + random() * days * DAY);
  const endedAt = random() < 0.995 || !mayStayOpen ? within(12) : null;
  const dueAt = receivedAt + Math.floor(3 + random() * 9) * DAY;
  const waitFrom = random() < 0.05 ? within(2) : null;
  const waitTo = waitFrom === null || (endedAt !== null && waitFrom >= endedAt) ? null : Math.min(endedAt ?? Infinity, waitFrom + DAY);
  const waits = waitFrom === null || waitTo === null ? [] : [{ kind: 'supplement', supplement: 's1', from: waitFrom, to: waitTo, closedByEnd: false }];
  const paidAt = fee && random() < 0.7 ? within(3) : null;
  const at = (share, days) => (random() < share ? within(days) : null);
  return {
    dossier: {
      dossier: id, procedure, channel: random() < 0.8 ? 'online' : random() < 0.9 ? 'in-person' : 'postal', pushed: random() < 0.95, registeredAt: null,
      receivedAt, refusedAt: null, holders: [{ unit, from: receivedAt }], endedAt, endStatus: endedAt === null ? null : random() < 0.95 ? 9 : 8,
      returnedAt: null, reopenedAt: null, dues: [{ from: receivedAt, dueAt, basis: 'stated', cause: 'received' }], waits, secondSupplementAt: null,
      apologyAt: null, voided: false, steps: [], uncounted: [],
    },
    payments: {
      fees: fee ? [{ fee: 'F1', kind: null, collection: null, assessedAt: receivedAt, amount: 8_000, waivers: random() < 0.05 ? [{ at: within(3), amount: null }] : [] }] : [],
      payments: paidAt === null ? [] : [{
        provider: 'bank', reference: id, channel: random() < 0.9 ? 'national-portal' : 'cash', amount: 8_000, requestedAt: null, succeededAt: paidAt, failedAt: null,
        refunds: [], fullyRefundedAt: random() < 0.02 ? paidAt + DAY : null, isStandIn: false,
      }],
    },
    documents: {
      ...NO_DOCUMENTS, digitisedAt: at(0.6, 1), reusedAt: at(0.2, 1), populationDataAt: at(0.5, 1), resultIssuedAt: at(0.7, 12), resultSignedAt: at(0.6, 12),
      resultArchivedAt: at(0.5, 12), fromPersonalStoreAt: at(0.1, 1),
    },
    feedback: random() < 0.02 ? { ratings: [{ rating: 'D1', from: within(12), to: null, verdict: 1, dissatisfied: true }], petitions: [] } : NO_FEEDBACK,
  };
}

/** Numbers from 0 up to 1. */
export function randomFrom(seed) {
  let state = seed * 2_654_435_761 >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
