import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { paymentTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [paymentTopic]);
