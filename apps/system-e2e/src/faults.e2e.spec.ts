import { runCampaign, type CampaignReport } from './faults/campaign';
import { describeReport } from './faults/report';
import { readState } from './faults/system-state';
import { loadedSystem } from './test/system-access';
import { CAMPAIGN_WITHIN_MS } from './test/time-limits';

const SEED = 1945;
const ROUNDS = 20;

describe(`a load through ${ROUNDS} rounds of faults`, () => {
  let report: CampaignReport;
  beforeAll(async () => {
    const undisturbed = loadedSystem();
    report = await runCampaign({ seed: SEED, rounds: ROUNDS, secrets: undisturbed.secrets, expected: await readState(undisturbed) });
  }, CAMPAIGN_WITHIN_MS);

  it('leaves topics, documents and figures as one without faults does, outboxes empty, no hole, nothing set aside', () => {
    // The whole report is the message: seed, rounds, faults around the difference.
    expect(report.differences.length === 0 ? [] : describeReport(report)).toEqual([]);
  });

  it('met them: sources had to send again, and sent again what had been accepted', () => {
    expect(report.counts.again).toBeGreaterThan(0);
    expect(report.counts.repeated).toBeGreaterThan(0);
  });
});
