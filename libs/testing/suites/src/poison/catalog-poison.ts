import {
  calendarTopic, calendarVersionedV1, procedureKey, procedureTopic, procedureVersionedV1, unitTopic, unitVersionedV1,
} from '@index766/contracts-catalog';
import { poisonTopic } from './poison-topic';
import type { PoisonTopic } from './poisoned-service';

const procedure = (number: number) => ({ code: `2.${String(number).padStart(6, '0')}`, name: 'Chứng thực', term: { kind: 'working-days' as const, amount: 2 }, pauseOnFinancialObligation: false, validFrom: '2025-07-01' });
const procedures = new Map(Array.from({ length: 40 }, (_, index) => procedure(index + 1)).map((each) => [procedureKey(each), each]));

/** The reference topics of the catalog that services keep a copy of, with every version. */
export const CATALOG_POISON: readonly PoisonTopic[] = [
  poisonTopic(unitTopic, {
    contract: unitVersionedV1, keeps: 'all', key: (number) => `H77.${number}`,
    content: (code, version) => ({ code, version, name: `Xã ${version}`, level: 'COMMUNE', parent: 'H77', validFrom: '2025-07-01' }),
  }),
  poisonTopic(procedureTopic, {
    contract: procedureVersionedV1, keeps: 'all', key: (number) => procedureKey(procedure(number)),
    content: (key, version) => ({ ...procedures.get(key), version }),
  }),
  poisonTopic(calendarTopic, {
    contract: calendarVersionedV1, keeps: 'all', key: (number) => `poison-${number}`,
    content: (id, version) => ({ ...calendarVersionedV1.example, id, version }),
  }),
];
