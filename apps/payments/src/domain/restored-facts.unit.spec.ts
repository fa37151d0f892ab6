import fc from 'fast-check';
import { instantOf } from '@index766/kernel';
import { DOSSIER, intakeOf, knownDossier, october } from '../test/arrivals';
import { decideCommand } from './payment-command';
import { emptyPayments, unchanged, type PaymentsState } from './payments-state';
import { withRestoredFacts } from './restored-facts';
import { takeIntake, type IntakeRecord } from './take-intake';

type Step = { readonly push: IntakeRecord } | { readonly desk: { readonly fee: string; readonly amount: number }; readonly at: number };

const FEES = ['LP-01', 'LP-02'];
const amount = fc.integer({ min: 1, max: 3 }).map((thousands) => thousands * 1_000);
const said = fc.record({
  day: fc.integer({ min: 6, max: 9 }),
  fees: fc.array(fc.record({ code: fc.constantFrom(...FEES), amount }), { maxLength: 2 }),
  paidOnline: fc.option(fc.constantFrom(0, 1, 2), { nil: undefined }),
});
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: said }, { weight: 1, arbitrary: fc.record({ fee: fc.constantFrom(...FEES), amount }) }), { maxLength: 14 })
  .map((all): readonly Step[] => {
    let sequence = 0;
    return all.map((each, place): Step => {
      if (!('day' in each)) return { desk: each, at: place };
      sequence += 1;
      const { day, fees, paidOnline } = each;
      const record = intakeOf({ sequence, latestAt: `0${day} 10:00`, fees, ...(paidOnline === undefined ? {} : { paidOnline }) });
      // Two pushes that came in one request were recorded at one instant.
      return { push: { ...record, recordedAt: instantOf(october('10 08:00') + 2 * Math.floor(place / 2)) } };
    });
  });

function taken(state: PaymentsState, step: Step): PaymentsState {
  if ('push' in step) return takeIntake(unchanged(state), step.push).change.state;
  const decided = decideCommand(state, { command: 'assess-fee', occurredAt: october('09 09:00'), ...step.desk }, instantOf(october('10 08:00') + 2 * step.at + 1));
  // A word of the desk that leads to no fact is in no topic (ADR 0121).
  return decided.ok && decided.value.facts.length > 0 ? decided.value.state : state;
}

const allTaken = (state: PaymentsState, some: readonly Step[]) => some.reduce(taken, state);
const isPush = (step: Step) => 'push' in step;

describe('facts that came back from the topic', () => {
  it('are what the pushes led to that are read again, and what comes afterwards is decided as it would have been', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(), (all, first, second) => {
        const [copied, lost] = [first % (all.length + 1), second % (all.length + 1)].sort((a, b) => a - b) as [number, number];
        const start = knownDossier().state;
        const before = allTaken(start, all.slice(0, lost));
        const copy = allTaken(start, all.slice(0, copied));

        const restored = withRestoredFacts(copy, before.facts.slice(copy.facts.length));
        const again = allTaken(allTaken(restored, all.slice(0, lost).filter(isPush)), all.slice(lost));

        expect(again.facts).toEqual(allTaken(before, all.slice(lost)).facts);
      }),
      { seed: 766, numRuns: 1_000 },
    );
  });

  it('leave no trace once each of them has been found again', () => {
    const pushes: readonly Step[] = [{ push: intakeOf({ fees: [{ code: 'LP-01', amount: 8_000 }], paidOnline: 1 }) }];
    const before = allTaken(emptyPayments(DOSSIER), pushes);

    expect(allTaken(withRestoredFacts(emptyPayments(DOSSIER), before.facts), pushes)).toEqual(before);
  });

  it('of the desk keep the desk’s word', () => {
    const assessed: Step = { desk: { fee: 'LP-01', amount: 9_000 }, at: 3 };
    const push: Step = { push: intakeOf({ fees: [{ code: 'LP-01', amount: 8_000 }] }) };
    const before = allTaken(knownDossier().state, [assessed]);

    const again = allTaken(withRestoredFacts(knownDossier().state, before.facts), [push]);
    expect(again.facts).toEqual(before.facts);
    expect(again.conflicts).toMatchObject([{ fee: 'LP-01', amount: 8_000 }]);
  });
});
