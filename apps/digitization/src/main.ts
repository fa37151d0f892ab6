import 'reflect-metadata';
import { runService } from '@index766/platform-http';
import { loadDigitizationConfig } from './digitization.config';
import { startDigitization } from './start-digitization';

void runService(() => startDigitization(loadDigitizationConfig()));
