import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { documentTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [documentTopic]);
