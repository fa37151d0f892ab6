import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [dossierTopic, intakeTopic, officerSeenTopic, sourceTopic]);
