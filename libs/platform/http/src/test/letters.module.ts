import { Body, Controller, Get, Injectable, Module, Param, Post, Res, type DynamicModule } from '@nestjs/common';
import { AuthModule, LOCAL_AUDIENCE, LOCAL_ISSUER, Public, Roles, createLocalKeyPair } from '@index766/platform-auth';
import { ObservabilityModule, activeTraceparent, createServiceLog } from '@index766/platform-observability';
import { refused, type UnitCode } from '@index766/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsInt, IsObject, IsOptional, Max, ValidateNested } from 'class-validator';
import type { Response } from 'express';
import { Answers, answer } from '../openapi/answers.decorator';
import { Refuses } from '../openapi/refuses.decorator';
import { orRefuse } from '../problems/refusal.exception';
import { IdempotencyKey } from '../requests/idempotency-key';
import { UnitCodePipe } from '../requests/path-parameters';
import { sendCsv } from '../responses/csv';

export const keys = createLocalKeyPair();

/** What the spec steers from outside. */
@Injectable()
export class Work {
  next: () => unknown = () => 'done';
}

class Sheet {
  @IsInt()
  @Max(99)
  number!: number;
}

class Letter {
  @IsInt()
  pages!: number;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => Sheet)
  first!: Sheet;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Sheet)
  more?: Sheet[];
}

@Public()
@Controller('v1/letters')
export class LettersController {
  constructor(private readonly work: Work) {}

  @Get()
  run(): unknown {
    return this.work.next();
  }

  @Post()
  take(@Body() letter: Letter): number {
    return letter.pages;
  }

  @Post('raw')
  raw(@Body() body: unknown): { readonly kind: string; readonly length: number } {
    return { kind: typeof body, length: JSON.stringify(body).length };
  }

  @Get('units/:unit')
  ofUnit(@Param('unit', UnitCodePipe) unit: UnitCode): string {
    return unit;
  }

  @Refuses('LETTER.ALREADY_ANSWERED')
  @Answers(answer.text)
  @Get('refused')
  refuse(): never {
    return orRefuse(refused('LETTER.ALREADY_ANSWERED', 'answered before'));
  }

  @Get('trace')
  async trace(): Promise<string | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    return activeTraceparent();
  }

  @Get('half')
  half(@Res() response: Response): void {
    response.write('the first half');
    throw new TypeError('it broke in the middle');
  }

  @Get('table')
  table(@Res() response: Response): void {
    sendCsv(response, 'thư 2026.csv', [{ title: 'n', value: (row: number) => row }], [1, 2]);
  }

  @Roles('desk')
  @Post('answer')
  answer(@IdempotencyKey() key: string): string {
    return key;
  }
}

export interface LettersLog {
  readonly lines: string[];
}

/** A small service with all that `startHttpApp` needs; its log goes into `lines`. */
export function lettersModule(log: LettersLog): DynamicModule {
  const serviceLog = createServiceLog({ service: 'letters', level: 'debug', destination: { write: (line) => void log.lines.push(line) } });
  return {
    module: LettersModule,
    imports: [
      ObservabilityModule.forRoot(serviceLog),
      AuthModule.forRoot(
        { mode: 'local', localKey: { reveal: () => keys.publicKeyPem }, issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE },
        serviceLog.logger,
      ),
    ],
    controllers: [LettersController],
    providers: [Work],
  };
}

@Module({})
class LettersModule {}
