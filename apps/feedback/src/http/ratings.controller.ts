import { Body, Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ok, type DossierId } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, DossierIdPipe, GivenUnder, Refuses, orRefuse, type Circumstances } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import type { CommandAnswer } from '../application/ports';
import { issueRating, reportRating, withdrawRating } from '../domain/rate-dossier';
import { ShowFeedback } from '../queries/show-feedback';
import { FEEDBACK_ANSWER, ISSUED_ANSWER } from './answers';
import { CommandGate, instantIn } from './command-gate';
import { Command, codesOf } from './command.decorator';
import { RecordRatingDto, WithdrawRatingDto } from './command.dto';
import { feedbackJson } from './feedback-json';
import { RatingTokens, tokenHash } from './rating-tokens';

/** Ratings of dossiers, as far as the office has to do with them. Refuses RATING.* (404, 409), FEEDBACK.* (409, 422). */
@ApiTags('ratings')
@ApiBearerAuth()
@Controller('v1/dossiers/:id')
export class RatingsController {
  constructor(
    private readonly gate: CommandGate,
    private readonly tokens: RatingTokens,
    private readonly showFeedback: ShowFeedback,
    private readonly scope: UnitScope,
  ) {}

  @Roles('desk', 'replay')
  @Command('issue-rating-token', 'A token with which the citizen rates the dossier; one that was issued before and not used counts no more', codesOf('RATING', 'FEEDBACK'), ISSUED_ANSWER)
  async issueToken(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances) {
    const hashOf = (rating: string) => tokenHash(this.tokens.ofDossier(id, rating));
    const { issued = '' } = await this.gate.onRating(id, given, ['issue-rating-token'], (state, recordedAt) => {
      const decided = issueRating(state, { hashOf, by: given.principal.subject }, recordedAt);
      return decided.ok ? ok({ change: { state: decided.value.state, facts: [] }, issued: decided.value.rating }) : decided;
    });
    return { id, number: issued, token: this.tokens.ofDossier(id, issued) };
  }

  /** For kiosks and migrations: they give no token. */
  @Roles('source', 'replay')
  @Command('record-rating', 'A rating without a token, as a kiosk reports it; again within the time for it: a change', codesOf('RATING', 'FEEDBACK'))
  recordRating(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: RecordRatingDto): Promise<CommandAnswer> {
    return this.gate.onRating(id, given, ['record-rating', body], (state, recordedAt) => {
      const at = instantIn(body) ?? recordedAt;
      const decided = reportRating(state, { verdict: body.verdict, at, by: given.principal.subject }, recordedAt, this.gate.changeWithinMs);
      return decided.ok ? ok({ change: decided.value }) : decided;
    });
  }

  @Roles('reviewer', 'replay')
  @Command('withdraw-rating', 'Takes the rating of the dossier out, with a reason', codesOf('RATING', 'FEEDBACK'))
  withdrawRating(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: WithdrawRatingDto): Promise<CommandAnswer> {
    return this.gate.onRating(id, given, ['withdraw-rating', body], (state, recordedAt) => {
      const at = instantIn(body) ?? recordedAt;
      const decided = withdrawRating(state, { reasonCode: body.reasonCode, by: given.principal.subject, at }, recordedAt);
      return decided.ok ? ok({ change: decided.value }) : decided;
    });
  }

  @ApiOperation({ summary: 'Ratings of a dossier and the petitions about it, every fact' })
  @Answers(FEEDBACK_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE')
  @Roles('desk', 'operator', 'reviewer', 'replay')
  @Get('feedback')
  async show(@Param('id', DossierIdPipe) id: DossierId, @CurrentPrincipal() principal: Principal) {
    return feedbackJson(orRefuse(await this.showFeedback.execute(id, this.scope.of(principal))));
  }
}
