import { commandAt, type SampleCommand } from '../sample-command';
import type { SampleWaiver } from './sample-waivers';

/** What tells a waiver to the service of payments, once that knows the fee. Telling it again changes nothing. */
export function waiverCommand({ dossier, fee, at }: SampleWaiver): SampleCommand {
  return commandAt(`dossiers/${encodeURIComponent(dossier)}/waive-fee`, at, { fee, reasonCode: 'MAU-MIEN' });
}
