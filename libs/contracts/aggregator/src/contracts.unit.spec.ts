import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { decisionTopic, editionTopic, lateOfficersTopic, latenessTopic, markTopic, unitScoreLatestTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [markTopic, decisionTopic, editionTopic, lateOfficersTopic, latenessTopic, unitScoreLatestTopic]);
