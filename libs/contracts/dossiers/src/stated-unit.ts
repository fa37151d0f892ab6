import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import type { dossierTopic } from './topics';

/** The unit that a fact puts its dossier in; undefined for facts that say nothing of it. */
export function statedUnit({ type, data }: DecodedRecord<FactOfTopic<typeof dossierTopic>>): string | undefined {
  switch (type) {
    case 'dossiers.dossier-registered.v1':
    case 'dossiers.dossier-received.v1':
    case 'dossiers.dossier-transferred.v1':
      return data.unit;
    case 'dossiers.dossier-corrected.v1':
      return data.field === 'unit' && typeof data.after === 'string' ? data.after : undefined;
    default:
      return undefined;
  }
}
