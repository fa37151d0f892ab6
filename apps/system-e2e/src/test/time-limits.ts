/** Starting an installation and bringing the sample into it takes half a minute; a machine may be busy with other things. */
export const LOADED_WITHIN_MS = 600_000;
/** A campaign of twenty rounds takes two to three minutes; a machine may be busy with other things. */
export const CAMPAIGN_WITHIN_MS = 1_200_000;
