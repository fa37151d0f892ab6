import 'reflect-metadata';
import { runService } from '@index766/platform-http';

import { loadAggregatorConfig } from './aggregator.config';
import { startAggregator } from './start-aggregator';

void runService(() => startAggregator(loadAggregatorConfig()));
