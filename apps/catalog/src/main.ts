import 'reflect-metadata';
import { runService } from '@index766/platform-http';

import { loadCatalogConfig } from './catalog.config';
import { startCatalog } from './start-catalog';

void runService(() => startCatalog(loadCatalogConfig()));
