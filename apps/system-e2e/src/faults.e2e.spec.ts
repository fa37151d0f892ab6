import { runCampaign, type CampaignReport } from './faults/campaign';
import { describeReport } from './faults/report';
import { undisturbedState } from './faults/undisturbed';
import { loadedSystem } from './test/system-access';
import { CAMPAIGN_WITHIN_MS } from './test/time-limits';

/** In its plan the database is away for eleven seconds while pushes come: sources have to send again, whatever the machine. */
const SEED = 2776;
const ROUNDS = 20;

describe(`a load through ${ROUNDS} rounds of faults`, () => {
  let report: CampaignReport;
  beforeAll(async () => {
    const { secrets } = loadedSystem();
    report = await runCampaign({ seed: SEED, rounds: ROUNDS, secrets, expected: await undisturbedState(secrets) });
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
