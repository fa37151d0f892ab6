export type RestoreErrorCode =
  | 'RESTORE.TOPICS_OLDER'
  | 'RESTORE.FOREIGN_CONTENT'
  | 'RESTORE.RECORDS_MISSING'
  | 'RESTORE.TOPICS_UNFIT'
  | 'RESTORE.STOPPED';

/** Why a service may not start on its database and its topics as they are. Trying again does not help. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';

  constructor(
    readonly code: RestoreErrorCode,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}
