/** Starting an installation and bringing the sample into it takes half a minute; a machine may be busy with other things. */
export const LOADED_WITHIN_MS = 600_000;
