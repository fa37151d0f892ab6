import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { decisionTopic, latenessTopic, markTopic, unitScoreLatestTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [markTopic, decisionTopic, latenessTopic, unitScoreLatestTopic]);
