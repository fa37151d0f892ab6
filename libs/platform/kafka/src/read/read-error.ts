export type ReadErrorCode = 'READER.AWAY' | 'READER.UNKNOWN_TOPIC' | 'READER.SILENT' | 'READER.STOPPED';

/** Why a topic was not read to its end. `retriable`: reading again can help. */
export class ReadError extends Error {
  override readonly name = 'ReadError';

  constructor(
    readonly code: ReadErrorCode,
    message: string,
    readonly retriable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
