import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger';

type Severity = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Lets Nest itself write to the service's logger: `NestFactory.create(AppModule, { logger: new NestLogger(logger) })`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...details: unknown[]): void {
    this.write('info', message, details);
  }

  error(message: unknown, ...details: unknown[]): void {
    this.write('error', message, details);
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.write('warn', message, details);
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.write('debug', message, details);
  }

  verbose(message: unknown, ...details: unknown[]): void {
    this.write('trace', message, details);
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.write('fatal', message, details);
  }

  /** Nest passes the context as the last text, for errors after the stack. */
  private write(severity: Severity, message: unknown, details: readonly unknown[]): void {
    const context = details.findLast((detail) => typeof detail === 'string' && !detail.includes('\n'));
    const error = [message, ...details].find((part) => part instanceof Error);
    const stack = details.find((detail) => typeof detail === 'string' && detail.includes('\n'));
    const text = message instanceof Error ? message.message : String(message);
    this.logger[severity](
      {
        ...(context === undefined ? {} : { context }),
        ...(error === undefined ? {} : { err: error }),
        ...(error === undefined && stack !== undefined ? { stack } : {}),
      },
      text,
    );
  }
}
