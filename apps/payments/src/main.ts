import 'reflect-metadata';
import { runService } from '@index766/platform-http';
import { loadPaymentsConfig } from './payments.config';
import { startPayments } from './start-payments';

void runService(() => startPayments(loadPaymentsConfig()));
