import { BadRequestException, Body, Controller, Get, Header, HttpCode, Inject, Put, Res } from '@nestjs/common';
import { Public, Roles } from '@index766/platform-auth';
import { Health, type HealthReport } from './health/health';
import { LOG_LEVELS, isLogLevel, type LogLevel, type ServiceLog } from './log/logger';
import { Metrics } from './metrics/metrics';
import { SERVICE_LOG } from './tokens';

/** The part of Express's response that an answer with its own status needs. */
interface StatusSetter {
  status(code: number): unknown;
}

@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  scrape(): Promise<string> {
    return this.metrics.text();
  }
}

@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** 503 exactly when a restart would help. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  async live(@Res({ passthrough: true }) response: StatusSetter): Promise<HealthReport> {
    return answer(response, await this.health.live());
  }

  /** 503 while requests should go to another member, with the reasons. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: StatusSetter): Promise<HealthReport> {
    return answer(response, await this.health.ready());
  }
}

@Controller('log-level')
export class LogLevelController {
  constructor(@Inject(SERVICE_LOG) private readonly log: ServiceLog) {}

  @Public()
  @Get()
  read(): { readonly level: LogLevel } {
    return { level: this.log.level() };
  }

  /** Changes the level of the running service, until its next start. */
  @Roles('operator')
  @Put()
  @HttpCode(200)
  change(@Body() body: unknown): { readonly level: LogLevel } {
    const level = body !== null && typeof body === 'object' && 'level' in body ? body.level : undefined;
    if (!isLogLevel(level)) {
      throw new BadRequestException({
        code: 'REQUEST.INVALID',
        detail: `level is one of ${LOG_LEVELS.join(', ')}`,
        path: 'level',
      });
    }
    this.log.setLevel(level);
    return { level };
  }
}

function answer(response: StatusSetter, report: HealthReport): HealthReport {
  response.status(report.status === 'up' ? 200 : 503);
  return report;
}
