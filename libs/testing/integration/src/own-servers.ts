import { runSetting } from './run-settings';
import { containers } from './servers/containers';
import { processes } from './servers/processes';
import type { Server } from './servers/server';

const source = () => (runSetting('servers') === 'containers' ? containers : processes);

/** A broker of the calling spec's own, to be killed and restarted without disturbing others. Stop it in afterAll. */
export const startOwnKafka = (): Promise<Server> => source().startKafka();

/** A database server of the calling spec's own. Stop it in afterAll. */
export const startOwnMongo = (): Promise<Server> => source().startMongo();
