import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, hasRole, type Principal } from '@index766/platform-auth';
import type { Instant } from '@index766/kernel';
import { Answers, Refuses, orRefuse } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import { HearSource } from '../application/hear-source';
import { TakePush, type PushedElement } from '../application/take-push';
import { DossierMetrics } from '../dossier-metrics';
import { OfficerPseudonyms } from './officer-pseudonyms';
import { pushAnswer, type PushAnswer } from './push-answer';
import { PUSH_ANSWER, PUSH_SCHEMA } from './push-schema';
import { readPush } from './read-push';
import { sourceNameOf, sourceUnitOf } from './source-name';

/** The push that one-stop systems send already: services DongBoHoSoMC and CapNhatTienDoHoSoMC. */
@ApiTags('national sync')
@Roles('source', 'replay')
@Controller('v1/national-sync')
export class NationalSyncController {
  constructor(
    private readonly takePush: TakePush,
    private readonly hearSource: HearSource,
    private readonly scope: UnitScope,
    private readonly pseudonyms: OfficerPseudonyms,
    private readonly metrics: DossierMetrics,
  ) {}

  /** Refuses as a whole with PUSH.*, RECORDED_AT.* and AUTH.*; single elements come back in `data`, the others are done. */
  @ApiOperation({ summary: 'Takes a push in the national format; answers error_code 0, or 1 with what was not accepted' })
  @ApiBody({ schema: PUSH_SCHEMA })
  @Answers(PUSH_ANSWER)
  @Refuses(
    'PUSH.INVALID', 'PUSH.UNKNOWN_SERVICE', 'PUSH.TOO_MANY_ELEMENTS', 'PUSH.NO_SOURCE_NAME', 'PUSH.FIELD_INVALID', 'RECORDED_AT.NOT_ALLOWED',
    'RECORDED_AT.IN_FUTURE', 'BACKFILL.NOT_ALLOWED',
  )
  @Post()
  @HttpCode(200)
  async push(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<PushAnswer> {
    const source = orRefuse(sourceNameOf(principal));
    const { elements, backfill } = orRefuse(readPush(body, {
      pseudonyms: this.pseudonyms,
      sourceUnit: sourceUnitOf(principal),
      mayReplay: hasRole(principal, 'replay'),
      now: this.scope.now(),
    }));
    const readable = elements.flatMap(({ element }) => (element.ok ? [element.value] : []));
    const { refusals, newFacts } = await this.takePush.execute({ source, backfill, elements: readable, covers: this.scope.of(principal) });
    if (isSignOfLife(readable, backfill)) await this.hearSource.execute(source);
    const decided = refusals.values();
    const outcomes = elements.map(({ label, element }) => ({ label, refusal: element.ok ? decided.next().value : element.error }));
    const at = this.scope.now();
    this.metrics.pushTaken({ source, at, newFacts, refusals: outcomes.map(({ refusal }) => refusal), delays: readable.flatMap((element) => delayOf(element, at)) });
    return pushAnswer(outcomes);
  }
}

/** A push of today, with elements or without any; a replay tells what was recorded once. */
function isSignOfLife(elements: readonly PushedElement[], backfill: boolean): boolean {
  return !backfill && elements.every(({ recordedAt }) => recordedAt === undefined);
}

/** A replay tells what was known long ago, and an instant ahead is a promise: neither says how late the source is. */
function delayOf(element: PushedElement, at: Instant): readonly number[] {
  if (element.kind !== 'snapshot' || element.recordedAt !== undefined) return [];
  const { latestAt } = element.snapshot.rank;
  return latestAt === null || latestAt > at ? [] : [at - latestAt];
}
