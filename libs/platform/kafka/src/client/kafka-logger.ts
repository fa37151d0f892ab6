/** The part of a pino logger that this lib writes to: fields first, then the text. */
export interface KafkaLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Absent: no line is worth preparing. */
  isLevelEnabled?(level: 'debug'): boolean;
}
