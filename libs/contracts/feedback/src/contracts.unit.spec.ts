import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { dossierFeedbackTopic, petitionTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [dossierFeedbackTopic, petitionTopic]);
