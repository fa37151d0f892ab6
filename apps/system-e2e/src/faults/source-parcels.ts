import { petitionCommands, ratingCommands, type Cohort, type SampleCommand } from '@index766/sample';
import { parcelsOf } from '../test/parcels';
import type { MadeUpFeedback } from './made-up-feedback';
import { feedbackRequest, pushRequest, type SourceRequest } from './source-request';

/** Requests in the order in which they are sent; no other parcel says anything of what these are about. */
export interface SourceParcel {
  /** Dossiers and petitions. */
  readonly about: readonly string[];
  readonly requests: readonly SourceRequest[];
}

/** The pushes of these dossiers. */
export function pushParcels(cohorts: readonly Cohort[], isWanted: (dossier: string) => boolean): readonly SourceParcel[] {
  return parcelsOf(cohorts, isWanted).map(({ dossiers, pushes }) => ({ about: dossiers, requests: pushes.map(pushRequest) }));
}

/** Ratings, and petitions with the dossier or the earlier petition that they are about: what learns of another one's facts is in its parcel. */
export function feedbackParcels({ ratings, petitions }: MadeUpFeedback): readonly SourceParcel[] {
  const parcels = new Map<string, { readonly about: Set<string>; readonly commands: SampleCommand[] }>();
  const firstOf = new Map<string, string>();
  const tell = (first: string, about: string, commands: readonly SampleCommand[]): void => {
    const parcel = parcels.get(first) ?? { about: new Set([first]), commands: [] };
    parcels.set(first, parcel);
    parcel.about.add(about);
    parcel.commands.push(...commands);
  };
  for (const rating of ratings) tell(rating.dossier, rating.dossier, ratingCommands(rating));
  for (const petition of petitions) {
    const concerned = petition.about?.dossier ?? petition.about?.petition ?? petition.id;
    const first = firstOf.get(concerned) ?? concerned;
    firstOf.set(petition.id, first);
    tell(first, petition.id, petitionCommands(petition));
  }
  return [...parcels.values()].map(({ about, commands }) => ({ about: [...about], requests: commands.map(feedbackRequest) }));
}

/** Codes of all dossiers that are pushed, in the order of the sample. */
export function dossiersOf(cohorts: readonly Cohort[]): readonly string[] {
  return [...new Set(cohorts.flatMap(({ pushes }) => pushes.flatMap(({ data }) => data.map(({ MaHoSo }) => MaHoSo))))];
}
