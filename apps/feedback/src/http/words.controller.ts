import { Body, Controller, HttpCode, Post, UseGuards, applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RefusalCode, Result } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, Refuses, orRefuse } from '@index766/platform-http';
import { SpeakByToken, type SpokenOutcome } from '../application/speak-by-token';
import { FeedbackMetrics } from '../feedback-metrics';
import { WORD_ANSWER } from './answers';
import { codesOf } from './command.decorator';
import { RateAnswerByTokenDto, RateByTokenDto, TokenDto } from './command.dto';
import { tokenHash } from './rating-tokens';
import { WordLimitGuard } from './word-limit.guard';

function Word(path: string, summary: string, refusals: readonly RefusalCode[]): MethodDecorator {
  return applyDecorators(
    Post(path), HttpCode(200), ApiOperation({ summary }), Answers(WORD_ANSWER), Refuses(...refusals, 'AGGREGATE.CONTENDED', 'OUTBOX.FULL'),
  );
}

/** What citizens say, with the token that the office gave them and nothing else; few words a minute of one address. */
@ApiTags('citizens')
@Public()
@UseGuards(WordLimitGuard)
@Controller('v1')
export class WordsController {
  constructor(private readonly speak: SpeakByToken, private readonly metrics: FeedbackMetrics) {}

  @Word('ratings', 'Rates a dossier, or changes the rating within the time for it', codesOf('RATING', 'FEEDBACK'))
  async rate(@Body() { token, verdict }: RateByTokenDto) {
    return this.counted(await this.speak.rate(tokenHash(token), verdict));
  }

  @Word('ratings/withdraw', 'Takes the rating of a dossier back, within the time in which it may be changed', codesOf('RATING', 'FEEDBACK'))
  async withdraw(@Body() { token }: TokenDto) {
    return this.counted(await this.speak.withdraw(tokenHash(token)));
  }

  @Word('answer-ratings', 'Says whether the answer to a petition was satisfying, or changes that', codesOf('RATING', 'PETITION', 'FEEDBACK'))
  async rateAnswer(@Body() { token, satisfied }: RateAnswerByTokenDto) {
    return this.counted(await this.speak.rateAnswer(tokenHash(token), satisfied));
  }

  private counted(result: Result<SpokenOutcome>) {
    if (!result.ok) this.metrics.wordRefused();
    const outcome = orRefuse(result);
    this.metrics.wordTaken(outcome);
    return { outcome };
  }
}
