import { SERVICES } from '../test/services';
import { MOST_MEMBERS, describeFault, memberName, serviceOf, touched, type Fault, type FaultKind, type MemberName } from './fault';
import { membersAfter, planFaults } from './plan-faults';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
const FIRST_MEMBERS: ReadonlySet<MemberName> = new Set(SERVICES.map((service) => memberName(service, 1)));

const countOf = (members: ReadonlySet<MemberName>, member: MemberName): number =>
  [...members].filter((name) => serviceOf(name) === serviceOf(member)).length;

/** Every fault of a plan with the members that are there when it begins. */
function* withMembers(seed: number): Generator<{ readonly fault: Fault; readonly members: ReadonlySet<MemberName> }> {
  let members = FIRST_MEMBERS;
  for (const { faults } of planFaults(seed, 40)) {
    for (const fault of faults) {
      yield { fault, members };
      members = membersAfter(members, fault);
    }
  }
}

describe('a plan of faults', () => {
  it('is the same for the same seed, and its beginning does not depend on the number of rounds', () => {
    expect(planFaults(766, 20)).toEqual(planFaults(766, 20));
    expect(planFaults(766, 200).slice(0, 20)).toEqual(planFaults(766, 20));
    expect(planFaults(766, 20)).not.toEqual(planFaults(767, 20));
  });

  it('stays as it is for the same services, so that a seed in a report means the same later', () => {
    expect(planFaults(766, 4, ['catalog', 'dossiers', 'aggregator']).map(({ faults }) => faults.map(describeFault).join(' + '))).toMatchInlineSnapshot(`
[
  "join dossiers-2",
  "black-hole aggregator-1→broker (both) 9.9 s + join catalog-2",
  "vanish catalog-1",
  "join catalog-1 + black-hole catalog-2→broker (requests) 10.6 s",
]
`);
  });

  it('touches only members that are there, and lets join only who is not', () => {
    const wrong = SEEDS.flatMap((seed) => [...withMembers(seed)]).filter(({ fault, members }) => {
      const member = /-\d$/.test(touched(fault)) ? touched(fault) as MemberName : undefined;
      return member !== undefined && members.has(member) === (fault.kind === 'join');
    });
    expect(wrong).toEqual([]);
  });

  it('never touches the same thing by two faults of a round', () => {
    const rounds = SEEDS.flatMap((seed) => planFaults(seed, 40));
    expect(rounds.filter(({ faults }) => new Set(faults.map(touched)).size !== faults.length)).toEqual([]);
  });

  it('leaves each service at least one member and never gives it more than it has places', () => {
    const all = SEEDS.flatMap((seed) => [...withMembers(seed)]);
    const membersAt = (...kinds: readonly FaultKind[]) => all.flatMap(({ fault, members }) =>
      ('member' in fault && kinds.includes(fault.kind) ? [countOf(members, fault.member)] : []));

    expect(Math.min(...membersAt('leave', 'vanish'))).toBe(2);
    expect(Math.max(...membersAt('join'))).toBe(MOST_MEMBERS - 1);
  });

  it('has every kind at every place before long', () => {
    const placeOf = (fault: Fault) => [fault.kind, touched(fault), 'process' in fault ? fault.process : '', 'link' in fault ? fault.link.to : ''];
    const seen = SEEDS.map((seed) => new Set(planFaults(seed, 100).flatMap(({ faults }) =>
      faults.map((fault) => placeOf(fault).join(' ').replace(/-\d/g, '')))).size);
    // Of each service: kill, pause, join, leave, vanish, and four faults of its connections to each store; seven of the stores.
    expect(new Set(seen)).toEqual(new Set([13 * SERVICES.length + 7]));
  });

  it('overlaps faults now and then, and holds some longer than a group waits for a silent member', () => {
    const faults = SEEDS.flatMap((seed) => planFaults(seed, 20));
    expect(faults.filter((round) => round.faults.length === 2).length / faults.length).toBeCloseTo(0.25, 1);
    expect(faults.some((round) => round.faults.some(({ holdMs }) => holdMs > 6_000))).toBe(true);
  });
});
