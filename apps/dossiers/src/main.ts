import 'reflect-metadata';
import { runService } from '@index766/platform-http';
import { loadDossiersConfig } from './dossiers.config';
import { startDossiers } from './start-dossiers';

void runService(() => startDossiers(loadDossiersConfig()));
