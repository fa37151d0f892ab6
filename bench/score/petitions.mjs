// Petitions of 3,838 units, as the ledger has them: views. The same for one seed, unit by unit.
import { PROVINCES, randomFrom, unitCode, UNITS, WEEK } from './cases.mjs';

const DAY = 86_400_000;
/** One for so many dossiers. */
const DOSSIERS_PER_PETITION = 50;

/** What is true of the petitions that a unit received in a year like 2026, over `years` years. */
export function* petitionsOf(unit, { dossiers, years }) {
  const random = randomFrom(unit + 2_000_003);
  const own = Math.floor(dossiers / UNITS / DOSSIERS_PER_PETITION) + (unit % 7 === 0 ? 1 : 0);
  const first = WEEK.end - 365 * DAY;
  for (let index = 0; index < own * years; index += 1) {
    const receivedAt = Math.floor(first - Math.floor(index / own) * 365 * DAY + random() * 365 * DAY);
    yield petitionOf({ id: `P-${unitCode(unit)}-${index}`, unit, receivedAt, random });
  }
}

function petitionOf({ id, unit, receivedAt, random }) {
  const within = (days, from = receivedAt) => Math.floor(from + 1 + random() * days * DAY);
  const transferredAt = random() < 0.1 ? within(4) : null;
  const neighbour = unit + PROVINCES < UNITS ? unit + PROVINCES : unit % PROVINCES;
  const reaction = random() < 0.1 ? 'none' : random() < 0.1 ? 'refused' : random() < 0.1 ? 'asked' : 'answered';
  const reactedAt = within(reaction === 'answered' ? 25 : 6);
  const answeredAt = reaction === 'answered' ? reactedAt : reaction === 'asked' ? within(20, reactedAt) : null;
  const ratedAt = answeredAt !== null && random() < 0.3 ? within(10, answeredAt) : null;
  const isSatisfied = random() < 0.6;
  return {
    petition: id, receivedAt, class: random() < 0.5 ? 'rules' : random() < 0.5 ? 'conduct' : 'other',
    holders: [{ unit: unitCode(unit), from: receivedAt }, ...(transferredAt === null ? [] : [{ unit: unitCode(neighbour), from: transferredAt }])],
    supplements: reaction === 'asked' ? [{ from: reactedAt, to: random() < 0.5 ? within(5, reactedAt) : null }] : [],
    refusedAt: reaction === 'refused' ? reactedAt : null, answeredAt, publishedAt: null,
    answerRatings: ratedAt === null ? [] : [{ from: ratedAt, satisfied: isSatisfied }, ...(random() < 0.2 ? [{ from: within(10, ratedAt), satisfied: true }] : [])],
    repetitions: answeredAt !== null && random() < 0.05 ? [{ by: `${id}-again`, from: within(30, answeredAt), to: null }] : [],
    about: {},
  };
}
