import type { CampaignReport, FoundDifference } from './campaign';
import { describeFault, type Round } from './fault';
import type { LoadCounts } from './source-load';

/** One line for a round that is over. */
export function roundLine({ number, faults }: Round, rounds: number, { accepted, again, repeated }: LoadCounts): string {
  const place = `round ${String(number).padStart(String(rounds).length)}/${rounds}`;
  return `${place}  ${faults.map(describeFault).join(' + ')}  (requests accepted ${accepted}, sent again ${again}, repeated ${repeated})`;
}

/** What a campaign found, so that it can be repeated: seed, rounds, faults around each difference. */
export function describeReport({ seed, plan, differences, counts, selfEnded }: CampaignReport): readonly string[] {
  const ends = selfEnded.map(({ member, how }) => `  ${member}: ${how.split('\n')[0] ?? ''}`);
  return [
    `seed ${seed}, ${plan.length} rounds: ${differences.length === 0 ? 'held' : 'BROKEN'}; `
    + `${counts.accepted} requests accepted, ${counts.again} sent again, ${counts.repeated} repeated`,
    ...(ends.length === 0 ? [] : [`members that ended by themselves and were started again: ${ends.length}`, ...ends]),
    ...differences.flatMap((difference) => describeDifference(difference, plan)),
    ...(differences.length === 0 ? [] : [`repeat it: npm run faults -- --seed ${seed} --rounds ${plan.length}`]),
  ];
}

function describeDifference({ check, detail, sentIn }: FoundDifference, plan: readonly Round[]): readonly string[] {
  if (sentIn === undefined) return [`${check}: ${detail}`];
  const during = plan.filter(({ number }) => number >= sentIn.from && number <= sentIn.to);
  return [
    `${check}: ${detail}`,
    `  sent in round ${sentIn.from === sentIn.to ? sentIn.from : `${sentIn.from} to ${sentIn.to}`}:`,
    ...during.map(({ number, faults }) => `  ${number}: ${faults.map(describeFault).join(' + ')}`),
  ];
}
