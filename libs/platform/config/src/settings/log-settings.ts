import { ChoiceVariable } from '../variables';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export class LogSettings {
  @ChoiceVariable('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  readonly level: LogLevel = 'info';
}
